using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>What a value of a document must be.</summary>
internal abstract class Rule
{
    /// <summary>What is expected, as a message says it: <c>a string</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Whether a value is of the right type, whatever it holds.</summary>
    public abstract bool Matches(DocumentNode node);
}
