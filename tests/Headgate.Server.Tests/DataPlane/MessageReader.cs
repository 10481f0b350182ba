using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Headgate.Server.Tests.DataPlane;

/// <summary>Reads HTTP/1.1 messages of any size from a stream without keeping their bodies.</summary>
internal sealed class MessageReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[128 * 1024];
    private int _start;
    private int _end;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The lines of a head or of trailers, without the empty one at the end.</summary>
    public async Task<IReadOnlyList<string>> ReadLinesAsync()
    {
        var lines = new List<string>();
        while (await ReadLineAsync() is { Length: > 0 } line)
            lines.Add(line);
        return lines;
    }

    /// <summary>Reads a line; the line end is not part of it.</summary>
    public async Task<string> ReadLineAsync()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
            await FillAsync();
        string line = Encoding.Latin1.GetString(_buffer, _start, length);
        _start += length + 2;
        return line;
    }

    /// <summary>Reads a chunked body with its trailers.</summary>
    public async Task<ReceivedBody> ReadChunkedAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long bytes = 0;
        while (int.Parse(await ReadLineAsync(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            await SkipAsync(size, hash);
            bytes += size;
            Assert.Equal("", await ReadLineAsync());
        }

        Dictionary<string, string> trailers = (await ReadLinesAsync()).Select(line => line.Split(": ", 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        return new ReceivedBody(bytes, Convert.ToHexString(hash.GetHashAndReset()), trailers);
    }

    /// <summary>Reads so many bytes past, into a hash where there is one.</summary>
    public async Task SkipAsync(long count, IncrementalHash? hash = null)
    {
        while (count > 0)
        {
            if (_start == _end)
                await FillAsync();
            int part = (int)Math.Min(count, _end - _start);
            hash?.AppendData(_buffer, _start, part);
            _start += part;
            count -= part;
        }
    }

    private async Task FillAsync()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int count = await stream.ReadAsync(_buffer.AsMemory(_end), Stop);
        Assert.True(count > 0, "The connection ended in the middle of a message.");
        _end += count;
    }
}
