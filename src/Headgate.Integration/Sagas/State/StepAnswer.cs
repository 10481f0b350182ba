using Microsoft.AspNetCore.Http;

namespace Headgate.Integration.Sagas.State;

/// <summary>What is kept of a step's answer. Immutable.</summary>
/// <param name="Status">The status of the call's last answer, 0 while there is none.</param>
/// <param name="Body">The body where something reads it, else empty.</param>
/// <param name="Location">Where what the step made is, as a client can ask for it; null for nothing to tell.</param>
/// <param name="IsLost">Whether there was a body that is too large to be kept.</param>
internal readonly record struct StepAnswer(int Status, ReadOnlyMemory<byte> Body, string? Location = null, bool IsLost = false)
{
    private const int MostLocationChars = 2048;

    /// <summary>The path of what a service made, where that can be one of the API: the whole address of something at a service is nobody's business, and leads no client anywhere.</summary>
    public static string? LocationOf(int status, string? location) =>
        status == StatusCodes.Status201Created && location is ['/', not ('/' or '\\'), ..] && location.Length <= MostLocationChars && !location.AsSpan().ContainsAnyExceptInRange('!', '~') ? location : null;
}
