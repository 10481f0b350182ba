namespace Headgate.Integration.Events.Ingest;

/// <summary>The value of an attribute.</summary>
/// <param name="Text">As text.</param>
/// <param name="IsJson">Whether the text is JSON as it stands (a number, a boolean) and not to be quoted.</param>
internal readonly record struct EventAttribute(string Text, bool IsJson = false);
