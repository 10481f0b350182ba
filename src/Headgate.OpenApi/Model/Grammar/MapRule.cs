using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>An object whose keys the author chooses, with values of one rule.</summary>
internal sealed class MapRule(Rule value) : Rule
{
    public Rule Value { get; } = value;

    /// <summary>Which keys are allowed; null for all.</summary>
    public KeyPattern? Keys { get; init; }

    /// <summary>How many members there must be.</summary>
    public int Least { get; init; }

    public override string Expected => "an object";

    public override bool Matches(DocumentNode node) => node is ObjectNode;
}
