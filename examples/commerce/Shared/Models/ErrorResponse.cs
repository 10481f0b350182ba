namespace Commerce.Shared.Models;

internal sealed record ErrorResponse(ErrorDetails Error, string TraceId, string Timestamp, string Service);
