namespace Headgate.Integration.Operations;

/// <summary>An operation that nobody is at.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Worker">Who was at it last; empty for nobody.</param>
internal readonly record struct Orphan(string Id, string Kind, string Worker);
