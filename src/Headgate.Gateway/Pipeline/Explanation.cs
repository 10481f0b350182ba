namespace Headgate.Gateway.Pipeline;

/// <summary>What the policies and the handler decided about a request that is explained. Not thread-safe.</summary>
public sealed class Explanation
{
    private readonly List<ExplanationStep> _steps = [];

    /// <summary>The decisions in the order in which they were made.</summary>
    public IReadOnlyList<ExplanationStep> Steps => _steps;

    /// <summary>Adds a decision.</summary>
    /// <param name="by">The policy's or handler's name.</param>
    /// <param name="decision">What was decided, in a word or two: <c>continue</c>, <c>refused</c>, <c>would forward</c>.</param>
    /// <param name="reason">Why, with the values that mattered; never a secret.</param>
    public void Add(string by, string decision, string reason) => _steps.Add(new ExplanationStep(by, decision, reason));
}
