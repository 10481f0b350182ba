using System.Text.Json;

namespace Headgate.Server.Hosting;

/// <summary><c>run.json</c> in the data directory: where the running instance is reached. Written at start, removed at stop.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Admin">The address of the admin listener.</param>
/// <param name="Listen">The addresses of the data plane.</param>
/// <param name="StartedAt">When it started.</param>
internal sealed record RunFile(int ProcessId, string Admin, IReadOnlyList<string> Listen, DateTimeOffset StartedAt)
{
    private const string Name = "run.json";

    /// <summary>Writes the file in one step, so that a reader sees the whole of it or nothing.</summary>
    public void Write(string directory)
    {
        string path = Path.Combine(directory, Name);
        string unfinished = path + ".new";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(this, HostingJson.Default.RunFile));
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>The file of a directory; null when there is none, or none that can be understood.</summary>
    public static RunFile? Read(string directory)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path.Combine(directory, Name)), HostingJson.Default.RunFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            // No instance runs there, as far as this user can tell.
            return null;
        }
    }

    /// <summary>Removes the file.</summary>
    public static void Remove(string directory) => File.Delete(Path.Combine(directory, Name));
}
