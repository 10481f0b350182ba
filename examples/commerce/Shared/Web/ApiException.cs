namespace Commerce.Shared.Web;

/// <summary>A request that ends in an error answer of the <c>service</c> dialect.</summary>
internal sealed class ApiException(int status, string code, string message, object? details = null, Exception? cause = null)
    : Exception(message, cause)
{
    private const string BearerChallenge = "Bearer realm=\"commerce\"";

    public int Status { get; } = status;

    public string Code { get; } = code;

    public object? Details { get; } = details;

    public int? RetryAfterSeconds { get; init; }

    /// <summary>What <c>WWW-Authenticate</c> says; null where nothing is to be said.</summary>
    public string? Challenge { get; init; }

    /// <summary>True when the same request will fail in the same way again, so that the answer may be kept for its idempotency key.</summary>
    public bool IsDefinite => Status is >= 400 and < 500 and not (408 or 425 or 429) && RetryAfterSeconds is null;

    public static ApiException NotFound(string what, string id) =>
        new(StatusCodes.Status404NotFound, "NOT_FOUND", $"{what} '{id}' does not exist.");

    // RFC 6750 §3.1: a request without credentials is told of the scheme alone.
    public static ApiException Unauthorized(string message) =>
        new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", message) { Challenge = BearerChallenge };

    /// <summary>A bearer token was sent that does not hold.</summary>
    public static ApiException InvalidToken(string message) =>
        new(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", message) { Challenge = $"{BearerChallenge}, error=\"invalid_token\"" };

    /// <summary>The bearer token holds, and was not granted what is needed.</summary>
    public static ApiException MissingScope(string scope) =>
        new(StatusCodes.Status403Forbidden, "FORBIDDEN", $"The token was not granted the scope '{scope}'.")
        {
            Challenge = $"{BearerChallenge}, error=\"insufficient_scope\", scope=\"{scope}\"",
        };

    public static ApiException Forbidden(string message) => new(StatusCodes.Status403Forbidden, "FORBIDDEN", message);

    public static ApiException Conflict(string code, string message, object? details = null) =>
        new(StatusCodes.Status409Conflict, code, message, details);

    public static ApiException Invalid(params FieldError[] fields) =>
        new(StatusCodes.Status400BadRequest, "VALIDATION_ERROR", "The request is not valid.", new { fields });

    public static ApiException Invalid(string pointer, string detail) => Invalid(new FieldError(pointer, detail));
}
