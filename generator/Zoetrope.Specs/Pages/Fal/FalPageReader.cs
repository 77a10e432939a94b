using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.Pages.Fal;

/// <summary>Reads fal's model pages (<c>llms.txt</c>).</summary>
internal sealed class FalPageReader
{
    private const string EndpointBullet = "- **Endpoint**:";
    private const string IdBullet = "- **Model ID**:";
    private const string InputHeading = "### Input Schema";
    private const string OutputHeading = "### Output Schema";
    private const string RequiredExample = "**Required Parameters Example**";
    private const string FullExample = "**Full Example**";
    private const string ResponseExample = "**Example Response**";
    private const string UsageHeading = "## Usage Examples";
    private const string LastHeading = "## Additional Resources";
    private const string PricingLink = "For more details, see [fal.ai pricing]";

    private readonly string _text;
    private readonly PageLines _lines;
    private readonly List<SpecProblem> _problems;
    private readonly PageLocations _places = new();
    private readonly FalPageParameters _parameters;

    public FalPageReader(string text, List<SpecProblem> problems, CancellationToken cancellationToken)
    {
        _text = text;
        _lines = new(text);
        _problems = problems;
        _parameters = new(_lines, problems, _places, cancellationToken);
    }

    /// <summary>Reads the page.</summary>
    public PageReading Read()
    {
        var (input, inputEnd) = FindSection(InputHeading, 0, FalPageParameters.Opening, OutputHeading, UsageHeading, LastHeading);
        var overviewEnd = input >= 0 ? input : _lines.FindHeading(3, Math.Max(0, _lines.Find("## API Information", 0, _lines.Count)), _lines.Count);
        var title = ReadTitle();
        var (id, baseUrl) = ReadId(overviewEnd);
        // Only a member that comes after the request's examples belongs to the output.
        var examples = Math.Max(_lines.Find(RequiredExample, 0, _lines.Count), _lines.Find(FullExample, 0, _lines.Count));
        var member = examples < 0 ? ResponseExample : FalPageParameters.Opening;
        var (output, outputEnd) = FindSection(OutputHeading, Math.Max(0, examples), member, ResponseExample, UsageHeading, LastHeading);
        ReportCut();
        if (id is null)
            return new(SpecKind.FalPage, null, _places);

        var requiredExample = ReadExample(RequiredExample, "/requiredExample", input, inputEnd);
        var requestExample = ReadExample(FullExample, "/requestExample", input, inputEnd);
        var inputSchema = input < 0 ? null : ReadSchema(input, inputEnd, "/input");
        PageExamples.Check(requiredExample, inputSchema, _places.Find("/requiredExample"), _problems);
        PageExamples.Check(requestExample, inputSchema, _places.Find("/requestExample"), _problems);
        var endpoint = new EndpointDescription
        {
            Provider = "fal",
            Id = id,
            Title = title,
            Description = ReadQuote(overviewEnd),
            Category = ReadBullet("- **Category**:", "/category", overviewEnd),
            Pricing = ReadPricing(),
            Input = inputSchema,
            Output = output < 0 ? null : ReadSchema(output, outputEnd, "/output"),
            RequiredExample = requiredExample,
            RequestExample = requestExample,
            ResponseExample = ReadExample(ResponseExample, "/responseExample", output, outputEnd),
            Service = new ServiceFacts { BaseUrl = baseUrl },
        };
        return new(SpecKind.FalPage, endpoint, _places);
    }

    private Schema ReadSchema(int heading, int end, string pointer)
    {
        _places.Add(pointer, _lines[heading].Start, _lines[heading].End - _lines[heading].Start);
        return new Schema { Pointer = pointer, Types = SchemaTypes.Object, Properties = _parameters.Read(heading + 1, end, pointer) };
    }

    /// <summary>
    /// The section with a heading. Where the heading is missing, a line that must come after it shows where it is; where there is none, the page is cut
    /// off.
    /// </summary>
    private (int Start, int End) FindSection(string heading, int from, params string[] later)
    {
        var start = _lines.Find(heading, 0, _lines.Count);
        if (start >= 0)
            return (start, _lines.FindHeading(3, start + 1, _lines.Count));
        foreach (var mark in later)
        {
            var line = _lines.Find(mark, from, _lines.Count);
            if (line < 0)
                continue;
            ReportLine(Problems.PageSectionMissing, line, heading);
            break;
        }
        return (-1, 0);
    }

    private string? ReadTitle()
    {
        var line = _lines.Find("# ", 0, _lines.Count);
        if (line < 0)
        {
            _problems.Add(Problems.PageLineMissing.At(SpecKinds.FirstLine(_text), "# Title"));
            return null;
        }
        var range = PageText.Trim(_text, _lines[line].Start + 2, _lines[line].End);
        _places.Add("", range.Start, range.Length);
        _places.Add("/title", range.Start, range.Length);
        return PageText.NullIfEmpty(_text.Substring(range.Start, range.Length));
    }

    private string? ReadQuote(int end)
    {
        var parts = new List<string>();
        for (var i = 0; i < end; i++)
        {
            if (_lines.StartsWith(i, "## "))
                break;
            if (!_lines.StartsWith(i, ">"))
                continue;
            var range = PageText.Trim(_text, _lines[i].Start + 1, _lines[i].End);
            _places.Add("/description", range.Start, range.Length);
            parts.Add(_text.Substring(range.Start, range.Length));
        }
        return PageText.NullIfEmpty(string.Join("\n", parts).Trim());
    }

    /// <summary>The endpoint's id and the base URL. The page gives the id twice, and both must agree.</summary>
    private (string? Id, string? BaseUrl) ReadId(int end)
    {
        var id = ReadBullet(IdBullet, "/id", end)?.Trim('`');
        var url = ReadBullet(EndpointBullet, "/endpoint", end)?.Trim('`');
        var overview = Math.Max(0, _lines.Find("## Overview", 0, _lines.Count));
        if (id is null)
            ReportLine(Problems.PageLineMissing, overview, IdBullet + " `…`");
        if (url is null)
            ReportLine(Problems.PageLineMissing, overview, EndpointBullet + " `https://fal.run/…`");
        if (url is null || !Uri.TryCreate(url, UriKind.Absolute, out var parsed))
            return (id, null);
        var path = parsed.AbsolutePath.Trim('/');
        if (id is not null && path != id)
            _problems.Add(Problems.PageIdsDiffer.At(_places.Find("/id"), path, id));
        return (id ?? PageText.NullIfEmpty(path), parsed.Scheme + "://" + parsed.Authority);
    }

    private string? ReadBullet(string bullet, string pointer, int end)
    {
        var line = _lines.Find(bullet, 0, end);
        if (line < 0)
            return null;
        var range = PageText.Trim(_text, _lines[line].Start + bullet.Length, _lines[line].End);
        _places.Add(pointer, range.Start, range.Length);
        return PageText.NullIfEmpty(_text.Substring(range.Start, range.Length));
    }

    private string? ReadPricing()
    {
        var heading = _lines.Find("## Pricing", 0, _lines.Count);
        if (heading < 0)
            return null;
        _places.Add("/pricing", _lines[heading].Start, _lines[heading].End - _lines[heading].Start);
        var parts = new List<string>();
        var end = _lines.FindHeading(2, heading + 1, _lines.Count);
        for (var i = heading + 1; i < end; i++)
        {
            var line = _lines.TextOf(i).Trim();
            if (line.Length == 0 || line.StartsWith(PricingLink, StringComparison.Ordinal))
                continue;
            parts.Add(line.StartsWith("- **", StringComparison.Ordinal) ? line.Substring(4).Replace("**:", ":") : line);
        }
        return PageText.NullIfEmpty(string.Join("\n", parts));
    }

    private JsonLiteral? ReadExample(string label, string pointer, int from, int to)
    {
        var line = from < 0 ? -1 : _lines.Find(label, from, to);
        if (line < 0)
            return null;
        _places.Add(pointer, _lines[line].Start, _lines[line].End - _lines[line].Start);
        var fence = line + 1;
        while (fence < to && _lines.IsBlank(fence))
            fence++;
        if (fence == to || !_lines[fence].InFence)
            return null;
        var last = fence + 1;
        while (last < to && _lines[last].InFence && !PageText.At(_text, _lines[last].Start, "```"))
            last++;
        if (last == _lines.Count)
            return null;
        var body = _text.Substring(_lines[fence].End, _lines[last - 1].End - _lines[fence].End);
        var tree = JsonTree.Parse(body);
        if (tree.IsValid)
            return tree.Root.ToLiteral();
        _problems.Add(Problems.PageBadExample.At(_lines[fence].End + tree.Problems[0].Start, tree.Problems[0].Length, tree.Problems[0].Message));
        return null;
    }

    private void ReportCut()
    {
        if (_lines.Find(LastHeading, 0, _lines.Count) >= 0)
            return;
        var last = _lines.Count - 1;
        while (last > 0 && !_lines.StartsWith(last, "#"))
            last--;
        var section = last > 0 ? $"the section '{_lines.TextOf(last).TrimStart('#').Trim()}'" : "its head";
        _problems.Add(Problems.PageCut.At(PageText.LastCharacter(_text), section));
    }

    private void ReportLine(ProblemKind kind, int line, string argument) =>
        _problems.Add(kind.At(_lines[line].Start, _lines[line].End - _lines[line].Start, argument));
}
