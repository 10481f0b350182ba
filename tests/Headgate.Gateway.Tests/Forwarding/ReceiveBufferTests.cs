using System.Buffers;
using System.Runtime.InteropServices;
using Headgate.Gateway.Forwarding.Http1;

namespace Headgate.Gateway.Tests.Forwarding;

public class ReceiveBufferTests
{
    [Fact]
    public void Bytes_ReceivedAndConsumedInPieces_StayInOrder()
    {
        var buffer = new ReceiveBuffer();
        var random = new Random(7);
        byte written = 0;
        byte read = 0;
        for (int i = 0; i < 2000; i++)
        {
            Memory<byte> room = buffer.Room();
            int count = random.Next(1, Math.Min(room.Length, 5000) + 1);
            foreach (ref byte value in room.Span[..count])
                value = written++;
            buffer.Append(count);
            int consumed = random.Next(buffer.Count + 1);
            foreach (byte value in buffer.Received[..consumed])
                Assert.Equal(read++, value);
            buffer.Consume(consumed);
        }

        Assert.Equal((byte)(written - read), (byte)buffer.Count);
        buffer.Clear();
    }

    [Fact]
    public void Room_OfAFullBuffer_Grows_AndKeepsWhatIsThere()
    {
        var buffer = new ReceiveBuffer();
        int first = buffer.Room().Length;
        buffer.Room().Span.Fill(1);
        buffer.Append(first);

        Assert.False(buffer.Room().IsEmpty);
        Assert.Equal(first, buffer.Received.Count((byte)1));
        buffer.Clear();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Buffer_ThatIsConsumedOrCleared_HoldsNoMemory(bool consumes)
    {
        var buffer = new ReceiveBuffer();
        Assert.True(MemoryMarshal.TryGetArray(buffer.Room(), out ArraySegment<byte> room));
        buffer.Append(2);
        if (consumes)
            buffer.Consume(2);
        else
            buffer.Clear();

        Assert.Equal(0, buffer.Count);

        // What is given back last a thread is given first.
        byte[] next = ArrayPool<byte>.Shared.Rent(room.Array!.Length);
        Assert.Same(room.Array, next);
        ArrayPool<byte>.Shared.Return(next);
    }
}
