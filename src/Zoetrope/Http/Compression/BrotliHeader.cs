using System.Buffers;

namespace Zoetrope.Http.Compression;

/// <summary>
/// The header of a meta-block (RFC 7932 section 9.2). It may be long, so it is read part by part: only a part that is incomplete is read again.
/// </summary>
internal sealed class BrotliHeader
{
    private const int LiteralSymbols = 256, CommandSymbols = 704;
    private const int LiteralContexts = 64, DistanceContexts = 4;

    private Part _part;

    private enum Part
    {
        Literals,
        Commands,
        Distances,
        Parameters,
        LiteralMap,
        DistanceMap,
        LiteralCodes,
        CommandCodes,
        DistanceCodes,
        End,
    }

    /// <summary>The types of blocks of literals, of commands and of distances.</summary>
    public BrotliBlocks Literals { get; } = new();

    /// <inheritdoc cref="Literals"/>
    public BrotliBlocks Commands { get; } = new();

    /// <inheritdoc cref="Literals"/>
    public BrotliBlocks Distances { get; } = new();

    /// <summary>The number of postfix bits of a distance.</summary>
    public int Postfix { get; private set; }

    /// <summary>The number of direct distance codes.</summary>
    public int Direct { get; private set; }

    /// <summary>The context mode of literals, by the type of block.</summary>
    public byte[] Modes { get; private set; } = [];

    /// <summary>The index of a literal's code, by the type of block and the context.</summary>
    public BrotliMap LiteralMap { get; } = new();

    /// <summary>The index of a distance's code, by the type of block and the context.</summary>
    public BrotliMap DistanceMap { get; } = new();

    /// <summary>The codes of literals by the map, of commands by the type of block, and of distances by the map.</summary>
    public List<HuffmanTable> LiteralCodes { get; } = [];

    /// <inheritdoc cref="LiteralCodes"/>
    public List<HuffmanTable> CommandCodes { get; } = [];

    /// <inheritdoc cref="LiteralCodes"/>
    public List<HuffmanTable> DistanceCodes { get; } = [];

    /// <summary>Reads the header, or continues to.</summary>
    /// <param name="bits">The bits.</param>
    /// <returns>What is wrong; null where the header is complete.</returns>
    public OperationStatus? Read(ref BitReader bits)
    {
        for (; _part < Part.End; _part++)
        {
            var status = _part switch
            {
                Part.Literals => Literals.Read(ref bits),
                Part.Commands => Commands.Read(ref bits),
                Part.Distances => Distances.Read(ref bits),
                Part.Parameters => ReadParameters(ref bits),
                Part.LiteralMap => LiteralMap.Read(ref bits, Literals.Types * LiteralContexts),
                Part.DistanceMap => DistanceMap.Read(ref bits, Distances.Types * DistanceContexts),
                Part.LiteralCodes => ReadCodes(ref bits, LiteralCodes, LiteralMap.Codes, LiteralSymbols),
                Part.CommandCodes => ReadCodes(ref bits, CommandCodes, Commands.Types, CommandSymbols),
                _ => ReadCodes(ref bits, DistanceCodes, DistanceMap.Codes, BrotliDistances.RecentCodes + Direct + (48 << Postfix)),
            };
            if (status is not null)
                return status;
        }
        return null;
    }

    private OperationStatus? ReadParameters(ref BitReader bits)
    {
        var start = bits;
        var modes = new byte[Literals.Types];
        var isThere = bits.TryRead(2, out var postfix) & bits.TryRead(4, out var direct);
        for (var i = 0; i < modes.Length; i++)
        {
            isThere &= bits.TryRead(2, out var mode);
            modes[i] = (byte)mode;
        }
        if (!isThere)
        {
            bits = start;
            return OperationStatus.NeedMoreData;
        }
        (Postfix, Direct, Modes) = (postfix, direct << postfix, modes);
        return null;
    }

    private static OperationStatus? ReadCodes(ref BitReader bits, List<HuffmanTable> codes, int count, int symbols)
    {
        while (codes.Count < count)
        {
            if (BrotliCodes.Read(ref bits, symbols, out var code) is { } status)
                return status;
            codes.Add(code!);
        }
        return null;
    }
}
