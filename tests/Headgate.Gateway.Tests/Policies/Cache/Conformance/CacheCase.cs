namespace Headgate.Gateway.Tests.Policies.Cache.Conformance;

/// <summary>One case: requests that are made one after the other, with what is expected of each.</summary>
/// <param name="Id">Its name in the suite.</param>
/// <param name="Kind"><c>required</c>, <c>optimal</c> or <c>check</c>.</param>
/// <param name="Steps">The requests.</param>
internal sealed record CacheCase(string Id, string Kind, IReadOnlyList<CacheStep> Steps);
