// A page that only says something.

export function Message({ body }) {
  return (
    <div class="stack">
      <h1 tabIndex={-1}>{body.title}</h1>
      <p class="lead">{body.text}</p>
    </div>
  );
}
