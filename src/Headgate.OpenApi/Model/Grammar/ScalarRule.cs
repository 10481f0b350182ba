using Headgate.OpenApi.Reading;

namespace Headgate.OpenApi.Model.Grammar;

/// <summary>A string, number or boolean, of certain values where <see cref="Allowed"/> or <see cref="Least"/> says so.</summary>
internal sealed class ScalarRule(ScalarKind kind, string expected) : Rule
{
    public static ScalarRule Text { get; } = new(ScalarKind.String, "a string");

    public static ScalarRule Flag { get; } = new(ScalarKind.Boolean, "a boolean");

    public static ScalarRule Number { get; } = new(ScalarKind.Number, "a number");

    public static ScalarRule PositiveNumber { get; } = new(ScalarKind.Number, "a number above 0") { Above = 0 };

    public static ScalarRule Count { get; } = new(ScalarKind.Number, "a whole number from 0") { Whole = true, Least = 0 };

    public ScalarKind Kind { get; } = kind;

    public override string Expected { get; } = expected;

    public IReadOnlyList<string>? Allowed { get; private init; }

    public double? Least { get; private init; }

    public double? Above { get; private init; }

    public bool Whole { get; private init; }

    /// <summary>One of certain strings.</summary>
    public static ScalarRule OneOf(params string[] allowed) => new(ScalarKind.String, "a string") { Allowed = allowed };

    public override bool Matches(DocumentNode node) => node is ScalarNode scalar && scalar.Kind == Kind;
}
