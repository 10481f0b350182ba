namespace Commerce.Tests.Sagas;

/// <summary>A call that a saga makes to a service.</summary>
internal sealed record StepCall(string Service, string Path, object? Body);
