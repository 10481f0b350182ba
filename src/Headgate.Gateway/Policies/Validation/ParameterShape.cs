namespace Headgate.Gateway.Policies.Validation;

/// <summary>What the text of a parameter is taken apart into.</summary>
internal enum ParameterShape
{
    /// <summary>One value.</summary>
    Scalar,

    /// <summary>A list of values.</summary>
    Array,

    /// <summary>Names and values.</summary>
    Object,

    /// <summary>One JSON text (<c>content: application/json</c>).</summary>
    Json,
}
