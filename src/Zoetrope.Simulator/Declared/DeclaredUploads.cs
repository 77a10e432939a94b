using System.Globalization;
using System.Text.Json.Nodes;
using Zoetrope.Simulator.Http;
using Zoetrope.Simulator.Uploads;
using Zoetrope.Specs.Jobs;

namespace Zoetrope.Simulator.Declared;

/// <summary>The uploads of a declared provider: the operation that begins them. The content goes to the storage, except where the operation takes it.</summary>
internal sealed class DeclaredUploads(JobsDescription protocol, UploadRule rule, UploadStore store, DeclaredService service, TimeProvider clock)
{
    private readonly RequestPattern _pattern = new(rule.Request);

    /// <summary>Whether a request brings the file itself, which can be larger than what is kept in memory.</summary>
    public bool TakesBodyOf(IncomingRequest request, string path) => rule.IsDirect && _pattern.Match(request, path) is not null;

    /// <summary>Recognizes a request that begins an upload; null when it is for something else.</summary>
    /// <param name="request">The request.</param>
    /// <param name="path">Its path at the provider.</param>
    public Call? Match(IncomingRequest request, string path) => _pattern.Match(request, path) is null
        ? null
        : new(protocol.Provider, SimulatorOperation.Upload, async (_, ct) => service.Refuse(request) ?? await BeginAsync(request, ct), service.Errors.Make);

    private async ValueTask<SimulatedResponse> BeginAsync(IncomingRequest request, CancellationToken cancellationToken)
    {
        UploadForm? form = null;
        if (rule.IsDirect)
        {
            form = await UploadForm.ReadAsync(request.Header("Content-Type"), request.Unread, rule.Part!, cancellationToken);
            if (form is null)
                return service.Errors.Make(400, $"The body is not a form with a file in its part '{rule.Part}'.");
            if (form.Content.Length > rule.MaxBytes)
                return service.Errors.Make(413, $"Files must have at most {rule.MaxBytes} bytes.");
        }
        var body = form is not null ? null : request.ReadJson(out _) as JsonObject ?? [];
        foreach (var member in rule.Members)
        {
            if (Problem(member, form is not null ? form.Before.GetValueOrDefault(member.Name) : LooseJson.TextOf(body![member.Name])) is { } problem)
                return service.Errors.Make(400, problem);
        }
        var upload = store.Add(new(protocol.Provider, UploadStore.NewId(), form?.Name ?? Given(PartKind.FileName) ?? Name())
        {
            ContentType = Given(PartKind.FileType),
            Size = long.TryParse(Given(PartKind.FileSize), CultureInfo.InvariantCulture, out var size) ? size : null,
            MaxBytes = rule.MaxBytes,
            Part = rule.Part,
            Required = Required(),
            Content = form?.Content,
        });
        return SimulatedResponse.Json(form is null ? 200 : 201, Response(upload, request.BaseUrl));

        string? Given(PartKind kind) =>
            rule.Members.FirstOrDefault(member => member.Kind == kind) is { } member && body is not null ? LooseJson.TextOf(body[member.Name]) : null;

        string Name() => "file" + (Given(PartKind.FileExtension) is { Length: > 0 } extension ? "." + extension : "");
    }

    private JsonNode Response(StoredUpload upload, string baseUrl) => ResponseTree.Of(rule.Fields, field => field switch
    {
        JobField.Address => UploadStore.AddressOf(upload, baseUrl),
        JobField.Fields or JobField.Headers => Pairs(field, upload),
        JobField.Reference => Reference(upload, baseUrl),
        JobField.Id => upload.Id,
        JobField.ExpiresAt => clock.GetUtcNow().AddHours(1).ToString("O", CultureInfo.InvariantCulture),
        _ => null,
    });

    private string Reference(StoredUpload upload, string baseUrl)
    {
        string? PointerOf(JobField field) => rule.Fields.FirstOrDefault(pointer => pointer.Field == field)?.Pointer;
        if (PointerOf(JobField.Id) == PointerOf(JobField.Reference))
            return upload.Id;
        return rule.ReferenceScheme is { } scheme and not ("http" or "https") ? $"{scheme}://uploads/{upload.Id}" : UploadStore.UrlOf(upload, baseUrl);
    }

    private JsonNode Pairs(JobField field, StoredUpload upload)
    {
        var pairs = new JsonObject();
        foreach (var (name, value) in upload.Required)
            pairs[name] = value;
        return (field == JobField.Fields ? rule.HasFieldsInText : rule.HasHeadersInText) ? pairs.ToJsonString() : pairs;
    }

    private Dictionary<string, string> Required()
    {
        var required = new Dictionary<string, string>(StringComparer.Ordinal);
        if (rule.Fields.Any(field => field.Field == JobField.Fields))
        {
            required["key"] = "uploads/" + Guid.NewGuid().ToString("N");
            required["policy"] = "eyJzaW11bGF0ZWQiOnRydWV9";
            required["x-amz-signature"] = Guid.NewGuid().ToString("N");
        }
        if (rule.Fields.Any(field => field.Field == JobField.Headers))
            required["x-simulated-acl"] = "private";
        return required;
    }

    private static string? Problem(UploadMember member, string? given)
    {
        if (string.IsNullOrEmpty(given))
            return $"'{member.Name}' is missing.";
        return member.Kind == PartKind.Text && given != member.Text ? $"'{member.Name}' must be '{member.Text}'." : null;
    }
}
