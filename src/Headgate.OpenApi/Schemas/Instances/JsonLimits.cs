namespace Headgate.OpenApi.Schemas.Instances;

/// <summary>What a JSON text may cost.</summary>
public sealed record JsonLimits
{
    /// <summary>The limits used when none are given.</summary>
    public static JsonLimits Default { get; } = new();

    /// <summary>Arrays and objects inside each other. Default 64; values above 256 are taken as 256.</summary>
    public int MaxDepth { get; init => field = Math.Clamp(value, 1, 256); } = 64;

    /// <summary>Values and names together. Default 262,144, which takes 4 MiB of memory while it is checked.</summary>
    public int MaxValues { get; init; } = 256 * 1024;

    /// <summary>Characters of one number. Default 1,024.</summary>
    public int MaxNumberLength { get; init; } = 1024;
}
