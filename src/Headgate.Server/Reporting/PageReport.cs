namespace Headgate.Server.Reporting;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">What goes on after them: the <c>cursor</c> of the next request; null when nothing does.</param>
internal sealed record PageReport<T>(IReadOnlyList<T> Items, string? Next);
