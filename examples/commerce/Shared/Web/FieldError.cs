namespace Commerce.Shared.Web;

/// <summary>What is wrong with one place of a request. <paramref name="Pointer"/> is a JSON Pointer into the body, or <c>query/name</c>.</summary>
internal sealed record FieldError(string Pointer, string Detail);
