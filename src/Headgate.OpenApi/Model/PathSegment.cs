namespace Headgate.OpenApi.Model;

/// <summary>One segment of a <see cref="PathTemplate"/>: literals and parameters in turn (<c>{name}.json</c> has two parts).</summary>
/// <param name="Parts">The parts in order; never empty, and two parameters never stand side by side.</param>
public sealed record PathSegment(IReadOnlyList<PathPart> Parts);
