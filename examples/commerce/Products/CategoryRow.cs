namespace Commerce.Products;

/// <summary>A row of <c>categories</c>.</summary>
internal sealed record CategoryRow
{
    public string Id { get; init; } = "";

    public string Name { get; init; } = "";

    public string? Description { get; init; }

    public long Version { get; init; }

    public string CreatedAt { get; init; } = "";

    public string UpdatedAt { get; init; } = "";

    public Category ToCategory() => new()
    {
        Id = Id,
        Name = Name,
        Description = Description,
        CreatedAt = CreatedAt,
        UpdatedAt = UpdatedAt,
    };
}
