using Headgate.OpenApi.Diagnostics;

namespace Headgate.OpenApi.Reading;

/// <summary>A member of an <see cref="ObjectNode"/>: key, where the key is written, and value.</summary>
public readonly record struct ObjectMember(string Key, SourceLocation KeyLocation, DocumentNode Value);
