namespace Headgate.OpenApi.Schemas.Patterns;

/// <summary>What came of matching a text against a pattern.</summary>
internal enum PatternMatch
{
    /// <summary>It matches.</summary>
    Found,

    /// <summary>It does not.</summary>
    Missing,

    /// <summary>The time limit of a pattern that backtracks was reached.</summary>
    TimedOut,
}
