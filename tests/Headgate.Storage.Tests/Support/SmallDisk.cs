using System.Diagnostics;

namespace Headgate.Storage.Tests.Support;

/// <summary>A real disk of a few MiB, in memory. Only root can make one.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Makes it, or skips the test.</summary>
    public SmallDisk(int kibibytes)
    {
        if (!Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", $"size={kibibytes}k", "tmpfs", _folder.Path) != 0)
        {
            _folder.Dispose();
            Assert.Skip("Only root can mount a small disk; what happens when it is full is not tested.");
        }
    }

    public string Path => _folder.Path;

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>Takes what room is left but for so many bytes; the file can be deleted.</summary>
    public string Fill(int leave)
    {
        string filler = PathOf("filler");
        using var file = new FileStream(filler, FileMode.Create);
        byte[] block = new byte[4096];
        long room = new DriveInfo(Path).AvailableFreeSpace - leave;
        for (long written = 0; written + block.Length <= room; written += block.Length)
            file.Write(block);
        return filler;
    }

    public void MountReadOnly() => Assert.Equal(0, Run("mount", "-o", "remount,ro", _folder.Path));

    public void Dispose()
    {
        Run("umount", "-l", _folder.Path);
        _folder.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
