namespace Headgate.Gateway.Tests.Telemetry;

/// <summary>A page of <c>docs/reference</c> with a part that is generated, between two comments.</summary>
internal sealed class ReferencePage(string name)
{
    private readonly string _path = Path.Combine(Root(), "docs", "reference", name);

    public string Read() => File.ReadAllText(_path);

    /// <summary>Holds a generated part to what it should be; writes it instead when HEADGATE_UPDATE_DOCS=1.</summary>
    public void Holds(string part, string expected)
    {
        string page = Read();
        int start = page.IndexOf('\n', page.IndexOf($"<!-- {part}:begin", StringComparison.Ordinal)) + 1;
        int end = page.IndexOf($"<!-- {part}:end -->", StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("HEADGATE_UPDATE_DOCS") == "1")
            File.WriteAllText(_path, page[..start] + expected + page[end..]);
        else
            Assert.Equal(expected, page[start..end]);
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Headgate.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
