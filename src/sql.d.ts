/** SQL files are loaded as text. */
declare module '*.sql' {
  const text: string
  export default text
}
