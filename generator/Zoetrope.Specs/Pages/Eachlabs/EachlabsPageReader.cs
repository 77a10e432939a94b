using System.Globalization;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Eachlabs;

/// <summary>
/// Reads Eachlabs' model pages, with their line breaks or flattened to one line. Both give the same: no line break means more than a
/// space, headings and bullets are found by their marks, and texts come out with single spaces.
/// </summary>
internal sealed class EachlabsPageReader(string text, List<SpecProblem> problems, CancellationToken cancellationToken)
{
    private static readonly (string Key, string Pointer)[] _bulletLocations =
        [("Category", "/category"), ("Output Type", "/output"), ("Status", "/status")];

    private readonly PageLocations _places = new();
    private readonly EachlabsSections _sections = new(text);

    /// <summary>Reads the page.</summary>
    public PageReading Read()
    {
        if (_sections.Find("## Model Information") is { } older)
            return ReadOlder(older);

        var about = _sections.Find(EachlabsSections.About);
        var bullets = PageBullets.Read(text, 0, about?.End ?? _sections.FirstStart);
        var example = new EachlabsExamples(text, problems);
        var requestExample = example.ReadRequest(_sections.Find(EachlabsSections.Request));
        var id = ReadId(bullets, about, requestExample.Model);
        ReportMissing(about);
        if (id is null)
            return new(SpecKind.EachlabsPage, null, _places);

        var category = bullets.Text("Category");
        var (title, description) = ReadHead(about, bullets, id, category ?? "");
        var outputType = bullets.Text("Output Type");
        var sketch = example.ReadFence(_sections.Find(EachlabsSections.Output));
        var input = ReadInput();
        var pricing = _sections.Find(EachlabsSections.Pricing) is { } prices
            ? new EachlabsPrices(text, problems, _places, input).Read(prices, bullets.Text("Base Cost"))
            : default;
        NoteLocations(bullets);
        if (_sections.Find(EachlabsSections.Request) is { } request)
            PageExamples.Check(requestExample.Input, input, request.Heading, problems);
        var endpoint = new EndpointDescription
        {
            Provider = "eachlabs",
            Id = id,
            Title = title,
            Description = description,
            Category = category,
            Status = bullets.Text("Status"),
            Deprecated = EndpointStatus.IsEnded(bullets.Text("Status")) ? true : null,
            DeprecationNote = EndpointStatus.NoteOf(bullets.Text("Status")),
            OutputType = outputType,
            PageUrl = bullets.Text("Branded URL"),
            EstimatedSeconds = Seconds(bullets.Text("Estimated Processing Time")),
            Pricing = pricing.Words,
            Prices = pricing.Table,
            Input = input,
            Output = ReadOutput(outputType, sketch),
            RequestExample = requestExample.Input,
            Service = new EachlabsService(text, _sections).Read(),
        };
        return new(SpecKind.EachlabsPage, endpoint, _places);
    }

    private PageReading ReadOlder(EachlabsSection about)
    {
        problems.Add(Problems.PageOlder.At(about.Heading));
        if (!_sections.IsComplete)
            ReportCut();
        var bullets = PageBullets.Read(text, about.Start, about.End);
        var example = new EachlabsExamples(text, problems);
        var request = example.ReadRequest(about with { End = text.Length });
        var id = request.Model ?? bullets.Text("Name");
        if (id is null)
            return new(SpecKind.EachlabsPage, null, _places);
        var (title, description) = ReadHead(about, bullets, id, bullets.Text("Category") ?? "");
        var endpoint = new EndpointDescription
        {
            Provider = "eachlabs",
            Id = id,
            Title = title,
            Description = description,
            Category = bullets.Text("Category"),
            OutputType = bullets.Text("Output Type"),
            EstimatedSeconds = Seconds(bullets.Text("Average Response Time")),
            Output = ReadOutput(bullets.Text("Output Type"), default),
            RequestExample = request.Input,
            Service = new EachlabsService(text, _sections).Read(),
        };
        return new(SpecKind.EachlabsPage, endpoint, _places);
    }

    private string? ReadId(PageBullets bullets, EachlabsSection? about, string? model)
    {
        if (bullets.Find("Model Slug") is { Length: > 0 } range)
        {
            _places.Add("/id", range.Start, range.Length);
            return bullets.Text("Model Slug");
        }
        // A page that is cut off before its bullets is reported as such.
        if (_sections.HasAfter(EachlabsSections.About))
            problems.Add(Problems.PageLineMissing.At(about?.Heading ?? SpecKinds.FirstLine(text), "- **Model Slug:** …"));
        return LastStep(bullets.Text("Branded URL")) ?? LastStep(bullets.Text("Interactive Demo")) ?? model;
    }

    private static string? LastStep(string? url)
    {
        var path = url?.TrimEnd('/');
        return path is null ? null : PageText.NullIfEmpty(path.Substring(path.LastIndexOf('/') + 1));
    }

    private (string? Title, string? Description) ReadHead(EachlabsSection? about, PageBullets bullets, string slug, string category)
    {
        var start = PageText.SkipSpace(text, 0, text.Length);
        var end = about?.HeadingStart ?? bullets.FirstStart ?? _sections.FirstStart;
        if (!PageText.At(text, start, "# "))
        {
            problems.Add(Problems.PageLineMissing.At(SpecKinds.FirstLine(text), "# Title"));
            return (null, null);
        }
        start = PageText.SkipSpace(text, start + 1, text.Length);
        var line = PageText.Find(text, "\n", start, end);
        var quote = PageText.Find(text, " > ", start, end);
        var boundary = line >= 0 && PageText.SkipSpace(text, line, end) < end ? line
            : quote >= 0 ? quote
            : EachlabsTitle.FindDescription(text, start, end, slug, category);
        var title = PageText.Trim(text, start, Math.Max(start, boundary));
        _places.Add("", title.Start, title.Length);
        _places.Add("/title", title.Start, title.Length);
        var descriptionStart = PageText.SkipSpace(text, boundary, Math.Max(boundary, end));
        if (PageText.At(text, descriptionStart, "> "))
            descriptionStart++;
        _places.Add("/description", descriptionStart, Math.Max(0, end - descriptionStart));
        return (PageText.NullIfEmpty(PageText.Collapse(text, title.Start, title.Start + title.Length)),
            PageText.NullIfEmpty(PageText.Collapse(text, descriptionStart, Math.Max(descriptionStart, end))));
    }

    private Schema? ReadInput()
    {
        if (_sections.Find(EachlabsSections.Input) is not { } section)
            return null;
        _places.Add("/input", section.HeadingStart, section.Start - section.HeadingStart);
        return new EachlabsParameters(text, problems, _places, cancellationToken).Read(section.Start, section.End, !_sections.HasAfter(EachlabsSections.Input));
    }

    private static Schema? ReadOutput(string? type, JsonNode sketch)
    {
        var schema = new Schema { Pointer = "/output", Description = sketch["output"].String };
        return type switch
        {
            "video" or "image" or "audio" => schema with { Types = SchemaTypes.String, Format = "uri" },
            "string" or "text" => schema with { Types = SchemaTypes.String },
            "array" => schema with { Types = SchemaTypes.Array },
            "object" => schema with { Types = SchemaTypes.Object },
            null => null,
            _ => schema,
        };
    }

    private void ReportMissing(EachlabsSection? about)
    {
        foreach (var name in new[] { EachlabsSections.About, EachlabsSections.Input })
        {
            if (_sections.Find(name) is null && _sections.After(name) is { } next)
                problems.Add(Problems.PageSectionMissing.At(next.Heading, name));
        }
        if (about is { } section && _sections.HasAfter(EachlabsSections.About) && PageText.Find(text, "**Output Type:**", section.Start, section.End) < 0)
            problems.Add(Problems.PageLineMissing.At(section.Heading, "- **Output Type:** …"));
        if (!_sections.IsComplete)
            ReportCut();
    }

    private void ReportCut()
    {
        var place = _sections.Last is { } last ? $"the section '{text.Substring(last.HeadingStart, last.Heading.Length).TrimStart('#').Trim()}'" : "its head";
        problems.Add(Problems.PageCut.At(PageText.LastCharacter(text), place));
    }

    private void NoteLocations(PageBullets bullets)
    {
        foreach (var (key, pointer) in _bulletLocations)
        {
            if (bullets.Find(key) is { } range)
                _places.Add(pointer, range.Start, range.Length);
        }
    }

    private static int? Seconds(string? duration)
    {
        if (duration is null)
            return null;
        var digits = 0;
        while (digits < duration.Length && duration[digits] is >= '0' and <= '9')
            digits++;
        if (!int.TryParse(duration.Substring(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return null;
        var unit = duration.Substring(digits).Trim();
        if (unit.StartsWith("min", StringComparison.OrdinalIgnoreCase))
            return number <= int.MaxValue / 60 ? number * 60 : null;
        return unit.Length == 0 || unit[0] is 's' or 'S' ? number : null;
    }
}
