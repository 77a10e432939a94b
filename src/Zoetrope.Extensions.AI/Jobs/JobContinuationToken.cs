using System.Text;
using Microsoft.Extensions.AI;
using Zoetrope.Jobs;

namespace Zoetrope.Extensions.AI.Jobs;

/// <summary>
/// The handles of jobs as a continuation token, which can be stored as JSON: with it a later call, also in another process, waits for the jobs that were
/// submitted before, and submits nothing.
/// </summary>
public sealed class JobContinuationToken : ResponseContinuationToken
{
    private const string Start = "zoetrope:1\n";

    private JobContinuationToken(IReadOnlyList<JobHandle> handles) => Handles = handles;

    /// <summary>The jobs.</summary>
    public IReadOnlyList<JobHandle> Handles { get; }

    /// <summary>Creates a token of the handles of jobs.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static JobContinuationToken From(params IEnumerable<JobHandle> handles)
    {
        ArgumentNullException.ThrowIfNull(handles);
        JobHandle[] all = [.. handles];
        return all.Length > 0 ? new(all) : throw new ArgumentException("There is no job to continue.", nameof(handles));
    }

    /// <summary>Reads a token that was stored, as <see cref="ResponseContinuationToken.FromBytes"/> or its JSON converter returns it.</summary>
    /// <exception cref="ArgumentException">It is not a token of jobs.</exception>
    public static JobContinuationToken From(ResponseContinuationToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token is JobContinuationToken known)
            return known;
        var text = Encoding.UTF8.GetString(token.ToBytes().Span);
        var handles = new List<JobHandle>();
        if (text.StartsWith(Start, StringComparison.Ordinal))
        {
            foreach (var line in text[Start.Length..].Split('\n'))
            {
                if (!JobHandle.TryParse(line, out var handle))
                    throw NotOne();
                handles.Add(handle);
            }
        }
        return handles.Count > 0 ? new(handles) : throw NotOne();

        static ArgumentException NotOne() => new("The continuation token is not one of jobs: it was not made by Zoetrope.", nameof(token));
    }

    /// <inheritdoc/>
    // A handle escapes line breaks.
    public override ReadOnlyMemory<byte> ToBytes() => Encoding.UTF8.GetBytes(Start + string.Join('\n', Handles));
}
