using System.Runtime.CompilerServices;
using System.Text;
using Zoetrope.Formats;
using Zoetrope.Json;
using Zoetrope.Validation;

namespace Zoetrope.Uploads;

/// <summary>The local files that stand as texts in requests. A text keeps its file for as long as the request keeps the text.</summary>
internal static class PendingUploads
{
    private const int IdLength = 32;

    private static ReadOnlySpan<byte> Start => "\"zoetrope-upload://"u8;

    private static readonly ConditionalWeakTable<string, UploadFile> Files = [];

    /// <summary>A text that stands for a file.</summary>
    public static string Add(UploadFile file)
    {
        var text = LocalFiles.Prefix + Guid.NewGuid().ToString("N");
        Files.Add(text, file);
        LocalFiles.Check ??= Check;
        LocalFiles.CheckFormat ??= CheckFormat;
        SubmitUploads.Upload ??= UploadAsync;
        return text;
    }

    private static UploadFile? Find(string text)
    {
        if (Files.TryGetValue(text, out var file))
            return file;
        // The same characters, read from JSON.
        foreach (var (known, other) in Files)
        {
            if (known == text)
                return other;
        }
        return null;
    }

    private static void Check(ref ValidationContext context, string text, string name, FileRule rule)
    {
        if (Find(text) is { } file)
            FileChecks.Check(ref context, file.SizeOrNull(), file.Header(), name, rule);
    }

    private static void CheckFormat(ref ValidationContext context, string text, string name, string? formats)
    {
        if (Find(text) is not { } file)
            return;
        if (formats is null)
            NamedContent.Check(ref context, file, name);
        else
            FileChecks.CheckFormat(ref context, file.Start(FileFormats.StartLength), file.FileName, name, formats);
    }

    private static Task<RawJson> UploadAsync(object protocol, string provider, RawJson input, CancellationToken ct) =>
        input.Utf8.IndexOf(Start) < 0 ? Task.FromResult(input) : ReplaceAsync(protocol, provider, input.Utf8Memory, ct);

    private static async Task<RawJson> ReplaceAsync(object protocol, string provider, ReadOnlyMemory<byte> rest, CancellationToken ct)
    {
        var output = new MemoryStream();
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int at; (at = rest.Span.IndexOf(Start)) >= 0;)
        {
            var length = LocalFiles.Prefix.Length + IdLength;
            if (rest.Length < at + length + 2 || rest.Span[at + length + 1] != '"' || (at > 0 && rest.Span[at - 1] == '\\'))
            {
                // A part of another text.
                output.Write(rest.Span[..(at + 1)]);
                rest = rest[(at + 1)..];
                continue;
            }
            var text = Encoding.ASCII.GetString(rest.Span.Slice(at + 1, length));
            if (!references.TryGetValue(text, out var reference))
                references[text] = reference = await ReferenceOfAsync(text, protocol, provider, ct).ConfigureAwait(false);
            output.Write(rest.Span[..at]);
            RawJson replacement = reference;
            output.Write(replacement.Utf8);
            rest = rest[(at + length + 2)..];
        }
        output.Write(rest.Span);
        return RawJson.OfValid(output.ToArray());
    }

    private static async Task<string> ReferenceOfAsync(string text, object protocol, string provider, CancellationToken ct)
    {
        var file = Find(text) ?? throw Gone(provider);
        if (protocol is not IFileUploads uploads)
            throw new UploadException(provider, file.FileName, UploadStep.Check, "it takes no files, or nothing says how: set the member to a URL");
        return (await uploads.UploadAsync(file, null, ct).ConfigureAwait(false)).Reference;
    }

    private static UploadException Gone(string provider) => new(
        provider, "a file", UploadStep.Check, "a text in the input stands for a file of another process, or of a request that is no longer there");
}
