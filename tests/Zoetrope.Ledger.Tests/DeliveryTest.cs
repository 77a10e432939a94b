using Zoetrope.Jobs;
using Zoetrope.Json;

namespace Zoetrope.Ledger.Tests;

/// <summary>Jobs that have ended, and a server that has the files of their results.</summary>
public abstract class DeliveryTest : LedgerTest
{
    protected const int Size = 3_000_000;

    protected string Outputs => Path.Combine(Folder, "out");

    protected static byte[] Video(int size, int seed = 1)
    {
        var content = new byte[size];
        new Random(seed).NextBytes(content);
        "\0\0\0\x18ftypmp42"u8.CopyTo(content);
        return content;
    }

    // A job that has ended, as another ledger would bring it.
    private protected static async Task<LedgerJob> EndedAsync(
        JobLedger ledger, FileServer files, FileServer? more = null, long? fileSize = null, JobHandle? handle = null, TimeSpan age = default)
    {
        var job = await ledger.IntendAsync(Intent("a"), Token);
        var size = fileSize is null ? "" : $$""","file_size":{{fileSize}}""";
        var list = string.Join(',', new[] { files, more }.OfType<FileServer>().Select(
            server => $$"""{"url":"{{server.Url}}v/a.mp4?signature={{Guid.NewGuid()}}","content_type":"video/mp4"{{size}}}"""));
        var ended = job with
        {
            Id = Guid.CreateVersion7().ToString("N"),
            State = LedgerState.Ended,
            Version = 5,
            Attempts = 1,
            UniqueKey = null,
            Label = "clip",
            Handle = handle ?? JobHandle.Parse("fal:some/model:one"),
            SentAt = job.CreatedAt,
            AcceptedAt = job.CreatedAt,
            EndedAt = TimeProvider.System.GetUtcNow() - age,
            Result = RawJson.Parse($$"""{"videos":[{{list}}]}"""),
        };
        await ledger.CancelAsync(job.Id, Token);
        return (await ledger.Store.AddAsync([ended], LedgerEventKind.Imported, Token))[0];
    }

    private protected async Task AssertDeliveredAsync(JobLedger ledger, LedgerJob job, FileServer files)
    {
        job = (await ledger.FindAsync(job.Id, Token))!;
        Assert.Equal((LedgerState.Delivered, null), (job.State, job.Reason));
        Assert.Equal(files.Content, await File.ReadAllBytesAsync(Assert.Single(job.Outputs), Token));
        // Neither a part nor a note is left.
        Assert.Equal(2, Directory.GetFiles(Outputs).Length);
    }
}
