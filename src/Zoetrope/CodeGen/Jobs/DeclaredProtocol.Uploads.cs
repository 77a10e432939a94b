using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Providers;
using Zoetrope.Uploads;

namespace Zoetrope.CodeGen.Jobs;

/// <content>Uploading a file, which is not part of a submit.</content>
public abstract partial class DeclaredProtocol
{
    /// <summary>The server and the account that files are uploaded to.</summary>
    public string Account => UploadAccount.Of(Transport, Root);

    /// <summary>Uploads a file as a declaration says.</summary>
    /// <param name="rules">What the declaration says.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">A token to cancel the upload.</param>
    /// <exception cref="UploadException">The file was not uploaded.</exception>
    protected async Task<UploadedFile> UploadAsync(
        DeclaredUpload rules, UploadFile file, UploadOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(file);
        CheckUploadOptions(options);
        await using var transfer = await FileTransfer.PrepareAsync(Transport, file, options, rules.MaxBytes, cancellationToken).ConfigureAwait(false);
        var facts = new UploadFacts(transfer.FileName, transfer.ContentType, transfer.Length);
        var (uri, json) = Begin(transfer, rules, facts);
        var upload = default(UploadFields);
        if (rules.IsDirect)
        {
            var fields = json.IsEmpty ? [] : TextsOf(RawJson.OfValid(json))!;
            var stored = await transfer.PostFormAsync(Request(HttpMethod.Post, uri), fields, rules.Part!).ConfigureAwait(false);
            Read(rules, stored, ref upload);
            return Stored(transfer, rules, upload)
                ?? throw transfer.Fail(UploadStep.Transfer, "the response does not name the file", UploadRemains.Unknown, Unnamed(stored));
        }
        var response = await transfer.InitiateAsync(Request(HttpMethod.Post, uri, json, mayRepeat: true)).ConfigureAwait(false);
        Read(rules, response, ref upload);
        var promised = Stored(transfer, rules, upload)
            ?? throw transfer.Fail(UploadStep.Initiate, "the response does not say what requests refer to the file by", reason: Unnamed(response));
        transfer.Promised = promised;
        var address = transfer.AddressOf(upload.Address);
        if (rules.Part is { } part)
            await transfer.PostFormAsync(address, Pairs(transfer, upload.Fields, "fields"), part).ConfigureAwait(false);
        else
            await transfer.PutAsync(address, Pairs(transfer, upload.Headers, "headers")).ConfigureAwait(false);
        return promised;
    }

    /// <summary>The address and the JSON of the request that begins an upload.</summary>
    private (Uri Address, ReadOnlyMemory<byte> Json) Begin(FileTransfer transfer, DeclaredUpload rules, in UploadFacts facts)
    {
        try
        {
            return (new Uri(Root + rules.Path(facts)), rules.Write is null ? default : BodyOf(rules.Write, facts));
        }
        catch (Exception exception) when (exception is TransportException or ArgumentException)
        {
            throw transfer.Fail(UploadStep.Check, $"its name or type cannot be sent: {exception.Message}", reason: exception);
        }
    }

    private void CheckUploadOptions(UploadOptions? options)
    {
        if (options is not null && options.GetType() != typeof(UploadOptions))
            throw new ArgumentException($"{Provider} takes {nameof(UploadOptions)}, not {options.GetType().Name}. Nothing was sent.", nameof(options));
    }

    private static TransportException Unnamed(TransportResponse response) => response.Malformed("The response is not that of an upload");

    private static void Read(DeclaredUpload rules, TransportResponse response, ref UploadFields upload)
    {
        if (response.Json is not { } json)
            return;
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        rules.Read(ref reader, ref upload);
    }

    private UploadedFile? Stored(FileTransfer transfer, DeclaredUpload rules, in UploadFields upload)
    {
        var expiry = MomentOf(upload.ExpiresAt) ?? (rules.Lifetime is { } lifetime ? Transport.Time.GetUtcNow() + lifetime : null);
        return transfer.Stored(upload.Reference, upload.Id, expiry);
    }

    private static ReadOnlyMemory<byte> BodyOf(Action<JsonWriter, UploadFacts> write, in UploadFacts facts)
    {
        var writer = new JsonWriter();
        writer.WriteStartObject();
        write(writer, facts);
        writer.WriteEndObject();
        return writer.Written;
    }

    private static List<KeyValuePair<string, string>> Pairs(FileTransfer transfer, RawJson? json, string what) =>
        json is not { Kind: not JsonValueKind.Null } given
        ? []
        : TextsOf(given) ?? throw transfer.Fail(UploadStep.Initiate, $"the {what} in the response are not an object of texts");

    /// <summary>The members of an object, or of one that a text contains; null where it is neither, or a value is not a text or a number.</summary>
    private static List<KeyValuePair<string, string>>? TextsOf(RawJson json)
    {
        if (json.AsString() is { } text)
        {
            try
            {
                json = RawJson.Parse(text);
            }
            catch (JsonException)
            {
                return null;
            }
        }
        if (json.Kind != JsonValueKind.Object)
            return null;
        var pairs = new List<KeyValuePair<string, string>>();
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var utf8))
        {
            var name = System.Text.Encoding.UTF8.GetString(utf8);
            if (ProtocolJson.Text(ref reader) is not { } value)
                return null;
            pairs.Add(new(name, value));
        }
        return pairs;
    }
}
