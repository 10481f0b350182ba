namespace Headgate.Gateway.Policies.Validation;

/// <summary>How errors name a parameter: <c>#/query/page</c>, beside the JSON Pointers of places in a body.</summary>
internal static class ParameterPointer
{
    public static string Of(string location, string name) =>
        $"#/{location}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
