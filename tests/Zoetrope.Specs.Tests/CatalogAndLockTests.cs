using Zoetrope.Specs.Catalog;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Model;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

public class CatalogAndLockTests
{
    private static readonly string _sha = new('a', 64);

    [Fact]
    public void The_vendored_catalog_names_both_endpoints()
    {
        var reading = SpecReader.Read(TestFiles.Spec("catalog.json"));

        Assert.Empty(reading.Problems);
        Assert.Equal(SpecKind.Catalog, reading.Document!.Kind);
        Assert.Equal(["kling-o3-pro-image-to-video", "flux-2-pro", "image-to-video"], reading.Document.Catalog!.Models.Select(one => one.Name));
        var model = reading.Document.Catalog.Models[0];
        Assert.Equal(("kling-o3-pro-image-to-video", "/models/kling-o3-pro-image-to-video"), (model.Name, model.Pointer));
        Assert.Equal([new("fal", "fal-ai/kling-video/o3/pro/image-to-video"), new("eachlabs", "kling-o3-pro-image-to-video")], model.Endpoints);
    }

    [Theory]
    [InlineData("{\"models\": []}", 1)]
    [InlineData("{\"models\": {\n\"a\": {}}}", 2)]
    [InlineData("{\"models\": {\n\"a\": \"b\"}}", 2)]
    [InlineData("{\"models\": {\n\"\": {\"fal\": \"x\"}}}", 2)]
    [InlineData("{\"models\": {\"a\": {\n\n\"fal\": 5}}}", 3)]
    [InlineData("{\"models\": {\"a\": {\n\n\"fal\": \"\"}}}", 3)]
    public void Members_of_the_wrong_form_are_reported_at_their_line(string text, int line)
    {
        var problem = Problem(text, Problems.BadMember);

        Assert.Equal((ProblemSeverity.Error, line), (problem.Kind.Severity, Line(text, problem)));
    }

    [Fact]
    public void Members_without_meaning_are_a_warning()
    {
        Assert.Equal(2, Line("{\"models\": {},\n\"modles\": {}}", Problem("{\"models\": {},\n\"modles\": {}}", Problems.UnknownMember)));
        Assert.Equal("'other' has no meaning here; it is ignored", Problem("{\"files\": {}, \"other\": 1}", Problems.UnknownMember).Message);
    }

    [Fact]
    public void A_lock_comes_back_as_it_was_written()
    {
        var content = new SpecLock(
            new([new("fal/b.md", "https://fal.ai/models/b", "2026-06-08", _sha), new("fal/A \"odd\" name.json", "by hand", "2026-06-09", new string('0', 64))]),
            new([new("fal:x/y#/Duration/5", "Seconds5"), new("eachlabs:é", "É")]));
        var text = LockWriter.Write(content);
        var reading = SpecReader.Read(text);

        Assert.Empty(reading.Problems);
        Assert.Equal(SpecKind.Lock, reading.Document!.Kind);
        Assert.Equal(["fal/A \"odd\" name.json", "fal/b.md"], reading.Document.Lock!.Files.Select(file => file.Path));
        Assert.Equal(content.Files[0], reading.Document.Lock.Files[1]);
        Assert.Equal(content.Names, reading.Document.Lock.Names.Reverse().ToEquatableArray());
        Assert.Equal(text, LockWriter.Write(reading.Document.Lock));
    }

    [Fact]
    public void The_text_of_a_lock_is_always_the_same()
    {
        Assert.Equal("{\n  \"files\": {},\n  \"names\": {}\n}\n", LockWriter.Write(new(default, default)));
        Assert.Equal(
            "{\n  \"files\": {\n    \"a\": {\n      \"origin\": \"o\",\n      \"date\": \"2026-01-02\",\n      \"sha256\": \""
                + _sha
                + "\"\n    }\n  },\n  \"names\": {\n    \"B\": \"1\",\n    \"a\": \"2\"\n  }\n}\n",
            LockWriter.Write(new(new([new("a", "o", "2026-01-02", _sha)]), new([new("a", "3"), new("B", "1"), new("a", "2")]))));
    }

    [Theory]
    [InlineData("{\n  \"x\": 1,\n  \"files\": {},\n  \"y\": [\n 1 ],\n  \"z\": \"\\u0041\",\n  \"names\": {},\n  \"last\": {\"a\": { \"files\" :1}}\n}\n", "x", "y", "z", "last")]
    [InlineData("{\n  \"\\u00e9\": null,\n  \"files\": {\n    \"a\": {\n      \"p\": 1,\n      \"origin\": \"o\",\n      \"date\": \"2026-01-02\",\n      \"q\": 2,\n      \"sha256\": \"SHA\",\n      \"r\": {}\n    }\n  },\n  \"names\": {}\n}\n", "é", "p", "q", "r")]
    public void Members_of_a_lock_that_are_not_known_are_written_as_they_were(string text, params string[] names)
    {
        text = text.Replace("SHA", _sha, StringComparison.Ordinal);
        var reading = SpecReader.Read(text);

        Assert.Equal(text, LockWriter.Write(reading.Document!.Lock!));
        Assert.Equal(names.Select(name => $"'{name}' has no meaning here; it is ignored"), reading.Problems.Select(problem => problem.Message));
        Assert.All(reading.Problems, problem => Assert.Equal(("ZT0052", ProblemSeverity.Warning), (problem.Kind.Id, problem.Kind.Severity)));
    }

    [Theory]
    [InlineData("{\"files\": {\n\"a\": {\"origin\": \"o\", \"date\": \"2026-01-02\"}}}", "ZT0051", 2)]
    [InlineData("{\"files\": {\n\"a\": 5}}", "ZT0050", 2)]
    [InlineData("{\"files\": 5}", "ZT0050", 1)]
    [InlineData("{\"names\": {\n\n\"a\": null}}", "ZT0050", 3)]
    [InlineData("{\"names\": {\n\n\"a\": \"b\",}}", "ZT0003", 3)]
    [InlineData("{\"names\": {\n<<<<<<< HEAD\n\"a\": \"b\"\n=======\n\"a\": \"c\"\n>>>>>>> other\n}}", "ZT0002", 2)]
    public void A_bad_lock_is_an_error_at_its_line(string text, string id, int line)
    {
        var problem = Assert.Single(SpecReader.Read(text).Problems);

        Assert.Equal((id, ProblemSeverity.Error, line), (problem.Kind.Id, problem.Kind.Severity, Line(text, problem)));
    }

    [Theory]
    [InlineData("\"date\": \"2026-1-2\"")]
    [InlineData("\"date\": 20260102")]
    [InlineData("\"sha256\": \"ABC\"")]
    [InlineData("\"origin\": \"\"")]
    public void The_facts_of_a_file_have_their_form(string damage)
    {
        var name = damage[1..damage.IndexOf('"', 1)];
        var text = LockWriter.Write(new(new([new("a", "o", "2026-01-02", _sha)]), default));
        var start = text.IndexOf($"\"{name}\"", StringComparison.Ordinal);
        var end = text.IndexOfAny([',', '\n'], start);
        var damaged = text[..start] + damage + text[end..];

        Assert.StartsWith($"'{name}' must be", Problem(damaged, Problems.BadMember).Message, StringComparison.Ordinal);
        Assert.Empty(SpecReader.Read(damaged).Document!.Lock!.Files);
    }
}
