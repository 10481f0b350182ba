using System.Globalization;
using Headgate.Bench.Processes;

namespace Headgate.Bench.Validation;

/// <summary><c>JSON.parse</c> and <c>ajv</c> on Node, installed once into a cache folder beside the benchmark.</summary>
internal sealed class AjvSubject(BenchContext context, string cacheFolder)
{
    private static readonly string[] Packages = ["ajv@8", "ajv-formats@3"];
    private static readonly TimeSpan InstallBound = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunBound = TimeSpan.FromMinutes(2);

    /// <summary>Installs the packages where they are not there yet.</summary>
    /// <exception cref="MeasurementFailedException">Node or npm is missing, or the packages cannot be had.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(cacheFolder);
        await File.WriteAllTextAsync(Path.Combine(cacheFolder, "ajv.mjs"), ReadScript(), cancellation);
        if (Directory.Exists(Path.Combine(cacheFolder, "node_modules", "ajv-formats")))
            return;
        context.Say($"   installing {string.Join(" and ", Packages)} into {cacheFolder}");
        await RunAsync(Find("npm"), ["install", "--no-audit", "--no-fund", "--prefix", cacheFolder, .. Packages], InstallBound, cancellation);
    }

    /// <summary>The microseconds that one value takes, from its bytes.</summary>
    public async Task<double> MeasureAsync(string schemaPath, string bodyPath, TimeSpan duration, CancellationToken cancellation)
    {
        string seconds = duration.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string words = await RunAsync(Find("node"), [Path.Combine(cacheFolder, "ajv.mjs"), schemaPath, bodyPath, seconds], RunBound, cancellation);
        return double.Parse(words.Split('\n')[^1], CultureInfo.InvariantCulture);
    }

    private async Task<string> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan bound, CancellationToken cancellation)
    {
        // The script looks for its packages from the folder in which it runs.
        await using var process = ChildProcess.Start(new Launch("/usr/bin/env", ["--chdir", cacheFolder, program, .. arguments]), context.Tools);
        if (!await process.WaitAsync(bound, context.Time, cancellation) || process.ExitCode != 0)
            throw new MeasurementFailedException($"{Path.GetFileName(program)} failed: {process.LastWords()}");
        return process.LastWords();
    }

    private static string Find(string name) => Toolbox.Locate(name) ?? throw new MeasurementFailedException($"{name} is missing. Install: sudo apt-get install nodejs npm");

    private static string ReadScript()
    {
        using var stream = typeof(AjvSubject).Assembly.GetManifestResourceStream("ajv.mjs")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
