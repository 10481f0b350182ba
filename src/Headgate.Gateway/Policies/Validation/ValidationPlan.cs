namespace Headgate.Gateway.Policies.Validation;

/// <summary>What requests of one operation are held to. Immutable.</summary>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Body">The bodies that it takes; null where the document says nothing about one.</param>
/// <param name="Answers">The media types in which it answers.</param>
/// <param name="Settings">What the document says of the checks themselves.</param>
internal sealed record ValidationPlan(ParameterChecks Parameters, BodyChecks? Body, AnswerTypes Answers, ValidationExtension Settings)
{
    /// <summary>The most bytes of a body that is checked.</summary>
    public long MaxBodyBytes { get; } = Settings.MaxBody.Bytes;
}
