using Commerce.Shared.Hosting;

namespace Commerce.Shared.Events;

/// <summary>
/// The key with which services append to the event log and read it: from the environment, or from the file of that name among the
/// secrets, which is looked at again and again because the log's owner may put it there, or change it, while the services run.
/// </summary>
internal sealed class EventLogKey(CommerceOptions options)
{
    public const string Name = "EVENT_LOG_KEY";

    private readonly string _file = Path.Combine(options.DataDirectory, "secrets", Name);

    /// <summary>The key; null while there is none.</summary>
    public string? Read()
    {
        if (options.Environment(Name) is { Length: > 0 } given)
            return given;
        return File.Exists(_file) && File.ReadAllText(_file).Trim() is { Length: > 0 } kept ? kept : null;
    }
}
