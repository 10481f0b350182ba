namespace Headgate.Gateway.Policies.Validation.Answers;

/// <summary>What the document says of the answers of one status. Immutable.</summary>
/// <param name="Bodies">The bodies that they may have; null where the document says nothing about one.</param>
/// <param name="Headers">Their header fields.</param>
internal sealed record AnswerRule(BodyChecks? Bodies, ParameterRule[] Headers)
{
    /// <summary>The same without schemas, for a document whose schemas of answers cannot be applied.</summary>
    public AnswerRule WithoutSchemas() => new(Bodies?.WithoutSchemas(), [.. Headers.Select(header => header with { Validator = null, Wanted = null })]);
}
