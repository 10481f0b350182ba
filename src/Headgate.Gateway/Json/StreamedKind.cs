namespace Headgate.Gateway.Json;

/// <summary>What a value of a <see cref="JsonStream"/> is.</summary>
internal enum StreamedKind
{
    /// <summary>A string, a number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Scalar,

    /// <summary>An object.</summary>
    Object,

    /// <summary>An array.</summary>
    Array,
}
