using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>A value of one of several rules that differ in type.</summary>
internal sealed class EitherRule(string expected, params Rule[] rules) : Rule
{
    public override string Expected { get; } = expected;

    public override bool Matches(DocumentNode node) => For(node) is not null;

    /// <summary>The rule of the value's type, or null.</summary>
    public Rule? For(DocumentNode node) => Array.Find(rules, rule => rule.Matches(node));
}
