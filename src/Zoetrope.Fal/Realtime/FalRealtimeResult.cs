using System.Collections.ObjectModel;
using Zoetrope.Json;

namespace Zoetrope.Fal.Realtime;

/// <summary>A result of a realtime app.</summary>
/// <typeparam name="TResult">The type of the result.</typeparam>
public sealed class FalRealtimeResult<TResult>
{
    internal FalRealtimeResult(TResult value, RawJson raw, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? binaries)
    {
        Value = value;
        Raw = raw;
        Binaries = binaries ?? ReadOnlyDictionary<string, ReadOnlyMemory<byte>>.Empty;
    }

    /// <summary>The result.</summary>
    public TResult Value { get; }

    /// <summary>The result as JSON; bytes in it are texts with their <c>data:</c> URIs.</summary>
    public RawJson Raw { get; }

    /// <summary>The bytes of the result by their JSON pointers, such as <c>/image/content</c>; empty where it has none.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Binaries { get; }
}
