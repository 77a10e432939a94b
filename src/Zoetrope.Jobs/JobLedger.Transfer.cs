using System.Text;
using System.Text.Json;
using Zoetrope.Jobs.Transfer;

namespace Zoetrope.Jobs;

/// <content>Jobs as JSON Lines.</content>
public sealed partial class JobLedger
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Writes jobs as JSON Lines, each with all that another ledger needs to go on with it: input, state, handle, times, costs and result. The history is not
    /// among them. The secrets by which webhooks are recognized are: keep the file as safe as the ledger.
    /// </summary>
    /// <param name="output">Where they are written; it stays open.</param>
    /// <param name="query">Which jobs; all by default.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The number of jobs.</returns>
    public async Task<long> ExportAsync(Stream output, LedgerQuery? query = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var count = 0L;
        using var line = new MemoryStream();
        await foreach (var job in ListAsync((query ?? new LedgerQuery()) with { WithoutContent = false }, cancellationToken).ConfigureAwait(false))
        {
            line.SetLength(0);
            using (var writer = new Utf8JsonWriter(line))
                JobLine.Write(writer, job);
            line.WriteByte((byte)'\n');
            await output.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken).ConfigureAwait(false);
            count++;
        }
        return count;
    }

    /// <summary>
    /// Adds the jobs that <see cref="ExportAsync"/> wrote, all of them or, where a line is not valid, none. A job that the ledger has is left as it is; one
    /// that was being sent when it was exported is in doubt. Go on with the jobs in one of the two ledgers only: each would send what is still to be sent.
    /// </summary>
    /// <param name="input">The lines, in UTF-8; empty ones are skipped.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    /// <returns>The number of jobs in the lines, and of those that were added.</returns>
    /// <exception cref="FormatException">A line is not a job; the message has its number. Nothing was imported.</exception>
    /// <exception cref="LedgerException">The ledger cannot be written. Nothing was imported.</exception>
    public async Task<(long Read, long Added)> ImportAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var content = new MemoryStream();
        await input.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        var jobs = ReadLines(content.GetBuffer().AsSpan(0, (int)content.Length));
        var stored = await _store.AddAsync(jobs, LedgerEventKind.Imported, cancellationToken).ConfigureAwait(false);
        return (jobs.Count, stored.Count(job => job.IsNew));
    }

    private static List<LedgerJob> ReadLines(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        var jobs = new List<LedgerJob>();
        var number = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            number++;
            try
            {
                var line = StrictUtf8.GetString(content[range]);
                if (!string.IsNullOrWhiteSpace(line))
                    jobs.Add(JobLineReader.Read(line));
            }
            catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
            {
                var problem = exception is FormatException ? exception.Message : "it is not valid UTF-8";
                throw new FormatException($"Line {number} is not a job of a ledger: {problem}. Nothing was imported.", exception);
            }
        }
        return jobs;
    }
}
