namespace Headgate.Gateway.Policies.Validation;

/// <summary>How errors name a parameter: <c>#/query/page</c>, beside the JSON Pointers (RFC 6901) of places in a body.</summary>
internal static class ParameterPointer
{
    public static string Of(string location, string name) => $"#/{location}{OfMember(name)}";

    /// <summary>The pointer to a member of a body.</summary>
    public static string OfMember(string name) => $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
