using System.Text;
using System.Text.Json;
using Zoetrope.Clients;
using Zoetrope.Formats;
using Zoetrope.Media;

namespace Zoetrope.Jobs.Delivery;

/// <summary>
/// Stores files in a folder: each is named after its job's label and the end of its id, and appears when it is complete. Beside them is a file <c>.job.json</c>
/// with the job's handle, its result and the names of its files, which is written last. A download that broke off, or whose process was killed, goes on where
/// it ended, where the server allows it; until then what was received is in a file <c>.part</c>, which its process locks: where several machines deliver to
/// one folder, its file system must support locks.
/// </summary>
public sealed class FolderOutputStore : IOutputStore
{
    private readonly string _folder;

    /// <summary>Initializes a new instance of the <see cref="FolderOutputStore"/> class.</summary>
    /// <param name="folder">The folder, which is created if it does not exist.</param>
    public FolderOutputStore(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <inheritdoc/>
    public async Task<string> SaveAsync(LedgerJob job, int index, MediaFile file, MediaClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(client);
        Directory.CreateDirectory(_folder);
        var suffix = index == 0 ? "" : $"-{(index + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}";
        var path = Path.Combine(_folder, NameOf(job) + suffix + ExtensionOf(file));
        var source = SourceOf(job, file);
        if (PartFile.IsComplete(path, source))
            return path;
        if (PartFile.TryOpen(path, source) is not { } part)
        {
            // A process that was frozen may write it for ever; this one writes a file of its own.
            await client.SaveAsync(file, path, cancellationToken).ConfigureAwait(false);
            await FlushAsync(path).ConfigureAwait(false);
            return path;
        }
        await using (part.ConfigureAwait(false))
        {
            try
            {
                await client.ResumeDownloadAsync(file, part, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                part.Keep();
            }
            // A worker that has lost the job replaces nothing.
            cancellationToken.ThrowIfCancellationRequested();
            part.Complete();
        }
        return path;
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(LedgerJob job, IReadOnlyList<string> outputs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        ArgumentNullException.ThrowIfNull(outputs);
        Directory.CreateDirectory(_folder);
        var path = Path.Combine(_folder, NameOf(job) + ".job.json");
        var partial = path + ".part";
        await File.WriteAllBytesAsync(partial, Describe(job, outputs), cancellationToken).ConfigureAwait(false);
        await FlushAsync(partial).ConfigureAwait(false);
        File.Move(partial, path, overwrite: true);
        await FlushAsync(path).ConfigureAwait(false);
        foreach (var output in outputs)
            PartFile.Forget(output);
        // Where an attempt has failed, the result may have been renewed since, with files of other types.
        if (job.FailingSince is not null)
            RemoveParts(job);
    }

    /// <inheritdoc/>
    public Task AbandonAsync(LedgerJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (Directory.Exists(_folder))
            RemoveParts(job);
        return Task.CompletedTask;
    }

    private void RemoveParts(LedgerJob job)
    {
        foreach (var path in PartFile.Left(_folder, NameOf(job)))
            PartFile.Forget(path);
    }

    // Addresses are signed anew for each result that is read; a retry of the job has other files.
    private static string SourceOf(LedgerJob job, MediaFile file) =>
        $"{job.Handle} {(Uri.TryCreate(file.Url, UriKind.Absolute, out var url) && url.Scheme != "data" ? url.GetLeftPart(UriPartial.Path) : "")}";

    // The ledger says next that the file is stored, and that survives a loss of power.
    private static async Task FlushAsync(string path)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        await using var end = file.ConfigureAwait(false);
        file.Flush(flushToDisk: true);
    }

    private static byte[] Describe(LedgerJob job, IReadOnlyList<string> outputs)
    {
        using var text = new MemoryStream();
        using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("id", job.Id);
            if (job.Label is not null)
                writer.WriteString("label", job.Label);
            writer.WriteString("handle", job.Handle?.ToString());
            writer.WriteStartArray("files");
            foreach (var output in outputs)
                writer.WriteStringValue(Path.GetFileName(output));
            writer.WriteEndArray();
            writer.WritePropertyName("result");
            writer.WriteRawValue(job.Result.GetValueOrDefault().Utf8);
            writer.WriteEndObject();
        }
        return text.ToArray();
    }

    // Labels come from users' files: they name a file of the folder, and never a path that leads out of it.
    private static string NameOf(LedgerJob job)
    {
        var name = new StringBuilder();
        foreach (var one in job.Label ?? "")
            name.Append(char.IsAsciiLetterOrDigit(one) || one is '-' or '_' or '.' || one > 127 && char.IsLetterOrDigit(one) ? one : '_');
        var label = name.ToString().TrimStart('.', '-');
        if (label.Length > 60)
            label = label[..60];
        return label.Length == 0 ? job.Id : $"{label}-{job.Id[^Math.Min(16, job.Id.Length)..]}";
    }

    private static string ExtensionOf(MediaFile file)
    {
        var type = file.ContentType;
        if (type is null && file.Url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            type = file.Url[5..].Split(';', ',')[0];
        type ??= MediaTypes.OfName(file.FileName ?? (Uri.TryCreate(file.Url, UriKind.Absolute, out var url) ? url.AbsolutePath : ""));
        var extension = type is null ? "bin" : MediaTypes.ExtensionOf(type);
        return extension.All(char.IsAsciiLetterOrDigit) && extension.Length <= 10 ? "." + extension : ".bin";
    }
}
