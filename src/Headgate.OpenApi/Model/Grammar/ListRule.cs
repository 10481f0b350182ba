using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>An array of values of one rule.</summary>
internal sealed class ListRule(Rule item) : Rule
{
    public Rule Item { get; } = item;

    /// <summary>How many items there must be.</summary>
    public int Least { get; init; }

    /// <summary>Whether no scalar may be listed twice.</summary>
    public bool Unique { get; init; }

    public override string Expected => "an array";

    public override bool Matches(DocumentNode node) => node is ArrayNode;
}
