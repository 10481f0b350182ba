using Microsoft.Win32.SafeHandles;

namespace Headgate.Bench.Stores;

/// <summary>What the disk itself costs: a block of 4 KiB appended to a file, and the wait until it is on the disk, again and again.</summary>
internal static class DiskLoad
{
    private const int BlockBytes = 4096;

    // As a log that is used anew: the file's length does not change all the time.
    private const int FileBlocks = 1000;

    public static LatencySamples Run(string folder, TimeSpan duration, TimeProvider time, CancellationToken cancellation)
    {
        var block = new byte[BlockBytes];
        var milliseconds = new List<double>();
        using SafeFileHandle file = File.OpenHandle(Path.Combine(folder, "fsync"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose, (long)FileBlocks * BlockBytes);
        var started = time.GetTimestamp();
        for (var i = 0; time.GetElapsedTime(started) < duration; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var began = time.GetTimestamp();
            RandomAccess.Write(file, block, (long)(i % FileBlocks) * BlockBytes);
            RandomAccess.FlushToDisk(file);
            milliseconds.Add(time.GetElapsedTime(began).TotalMilliseconds);
        }
        return new LatencySamples(milliseconds, time.GetElapsedTime(started));
    }
}
