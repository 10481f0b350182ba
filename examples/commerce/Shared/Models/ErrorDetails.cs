namespace Commerce.Shared.Models;

internal sealed record ErrorDetails(string Code, string Message, object? Details);
