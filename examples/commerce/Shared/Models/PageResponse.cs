namespace Commerce.Shared.Models;

/// <summary>One page of a list; pages count from 1.</summary>
internal sealed record PageResponse<T>(
    IReadOnlyList<T> Content, int Page, int Size, long TotalElements, int TotalPages, bool First, bool Last);
