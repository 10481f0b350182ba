using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>Any value, not looked into: examples, defaults, extensions.</summary>
internal sealed class AnyRule : Rule
{
    public static AnyRule Instance { get; } = new();

    public override string Expected => "any value";

    public override bool Matches(DocumentNode node) => true;
}
