using System.Buffers;

namespace Headgate.Server.Admin;

/// <summary>Writes all metrics of this instance in the Prometheus text format.</summary>
internal delegate void MetricsSource(IBufferWriter<byte> output);
