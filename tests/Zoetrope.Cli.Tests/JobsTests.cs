using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>What a person reads in a ledger, and decides.</summary>
public sealed class JobsTests : BatchTest
{
    [Fact]
    public async Task A_doubt_is_shown_and_resolved_as_accepted()
    {
        Simulator.AddFault(LostReceipt());
        var file = Shots("wave");
        (await CliProcess.RunAsync(Batch(file))).Exits(5).Says("In doubt: 1 job may have been accepted, and will not be sent again without a decision. ");
        (await CliProcess.RunAsync(Batch(file))).Exits(5);
        Assert.Equal(1, Simulator.Counts.Accepted);
        // What the provider's list would show: a job of the same model.
        var submitted = await CliProcess.RunAsync(Kling.Run(Simulator, "--provider", "fal", "--no-wait"));
        var request = submitted.Exits(0).Handle().Split(':')[^1];

        var doubts = (await JobsAsync("doubts", "--json")).Exits(0).Says("fal: look in its list of requests for the inputs of 1 jobs, sent from ");
        var id = Assert.Single(Lines(doubts)).GetProperty("id").GetString()!;
        (await JobsAsync("cancel", id)).Exits(2).Says($"ID: whether fal accepted the job {id} is not known");
        (await JobsAsync("resolve", id, "--accepted", "eachlabs:x:1")).Exits(2).Says("--accepted: The handle eachlabs:x:1 is not of ");
        (await JobsAsync("resolve", id, "--accepted", " ")).Exits(2).Says("--accepted: must be the handle of the provider's job, or its id there");
        (await JobsAsync("resolve", id)).Exits(2).Says("resolve: needs either --accepted HANDLE or --not-accepted");
        (await JobsAsync("resolve", id, "--accepted", request, "--not-accepted")).Exits(2).Says("resolve: needs either ");

        var resolved = (await JobsAsync("resolve", id, "--accepted", request, "--json")).Exits(0).Says($"{id} was accepted");
        Assert.Equal($"fal:{Kling.FalEndpoint}:{request}", Assert.Single(Lines(resolved)).GetProperty("handle").GetString());
        (await JobsAsync("resolve", id, "--accepted", request)).Exits(2).Says($"ID: the job {id} is not in doubt; its state is accepted");

        (await CliProcess.RunAsync(Batch(file))).Exits(0);
        Assert.Equal(2, Simulator.Counts.Accepted);
        (await JobsAsync("doubts")).Exits(0).Says("No job is in doubt.");
    }

    [Fact]
    public async Task A_doubt_is_resolved_as_not_accepted_only_with_the_words_that_it_may_be_paid_for_twice()
    {
        Simulator.AddFault(LostReceipt());
        var file = Shots("wave");
        (await CliProcess.RunAsync(Batch(file))).Exits(5);
        var id = Assert.Single((await JobsByLabelAsync()).Values).GetProperty("id").GetString()!;

        (await JobsAsync("resolve", id, "--not-accepted")).Exits(2)
            .Says("--not-accepted: If the provider accepted it after all, it will be paid for twice. Add --yes if fal surely did not accept it");
        Assert.Equal("in_doubt", State(Assert.Single((await JobsByLabelAsync()).Values)));

        (await JobsAsync("resolve", id[..12], "--not-accepted", "--yes")).Exits(0).Says($"{id} will be sent again ");
        (await CliProcess.RunAsync(Batch(file))).Exits(0);
        Assert.Equal(2, Simulator.Counts.Accepted);
        var shown = (await JobsAsync("show", id)).Exits(0).Json();
        Assert.Equal(
            ["intended", "sent", "in_doubt", "not_accepted", "sent", "accepted", "ended", "delivered"],
            shown.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("what").GetString()).Where(what => what != "paused"));
        Assert.Equal(JsonValueKind.String, shown.GetProperty("result").GetProperty("video").GetProperty("url").ValueKind);
        Assert.Equal("wave", shown.GetProperty("input").GetProperty("prompt").GetString());
    }

    [Theory]
    [InlineData("no", "Nothing was changed.", "in_doubt")]
    [InlineData("yes", "will be sent again by the next process that works on the ledger", "intended")]
    public async Task A_person_on_a_terminal_is_asked(string answer, string text, string state)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        Simulator.AddFault(LostReceipt());
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(5);
        var id = Assert.Single((await JobsByLabelAsync()).Values).GetProperty("id").GetString()!;

        string[] resolve = ["jobs", "resolve", id, "--not-accepted", "--ledger", Ledger];
        using var run = CliProcess.Start(resolve, new Dictionary<string, string> { ["TERM"] = "xterm" }, input: answer + "\n", onTerminal: true);

        var result = await run.FinishAsync();
        Assert.Contains("If the provider accepted it after all, it will be paid for twice. Type yes to go on:", result.Output, StringComparison.Ordinal);
        Assert.Contains(text, result.Output, StringComparison.Ordinal);
        Assert.Equal(state, State(Assert.Single((await JobsByLabelAsync()).Values)));
    }

    [Fact]
    public async Task A_job_that_nothing_more_is_expected_of_is_abandoned_only_with_the_words_that_it_may_be_paid_for()
    {
        Simulator.AddFault(LostReceipt());
        (await CliProcess.RunAsync(Batch(Shots("wave")))).Exits(5);
        var id = Assert.Single((await JobsByLabelAsync()).Values).GetProperty("id").GetString()!;
        (await JobsAsync("abandon", id, "--yes")).Exits(2).Says($"ID: the job {id} cannot be abandoned; its state is in_doubt, and must be accepted or ended");

        (await JobsAsync("resolve", id, "--accepted", "the-provider-forgot-it")).Exits(0);
        const string risk = "It is not waited for any more: what it makes is lost, although it may be paid for.";
        (await JobsAsync("abandon", id)).Exits(2).Says($"ID: {risk} Add --yes if nothing more is expected of the job {id}");
        Assert.Equal("accepted", State(Assert.Single((await JobsByLabelAsync()).Values)));

        var abandoned = (await JobsAsync("abandon", id, "--yes", "--json")).Exits(0).Says($"{id} is abandoned; its state is failed.");
        Assert.Equal("failed", State(Assert.Single(Lines(abandoned))));
        (await JobsAsync("abandon", id, "--yes")).Exits(2).Says($"ID: the job {id} cannot be abandoned; its state is failed");
    }

    [Fact]
    public async Task Cells_are_shortened_on_a_terminal_only()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "There is no `script` here to make a terminal with.");
        var label = new string('x', 36) + "\ud83d\ude00" + new string('y', 100);
        (await CliProcess.RunAsync(Batch(Shots(label)))).Exits(0);

        using var run = CliProcess.Start(["jobs", "list", "--ledger", Ledger], new Dictionary<string, string> { ["TERM"] = "xterm" }, onTerminal: true);
        var shown = (await run.FinishAsync()).Output;
        var row = (await JobsAsync("list")).Exits(0).Output.Split('\t');

        Assert.Contains($" {new string('x', 36)}... ", shown, StringComparison.Ordinal);
        Assert.Contains(row[0], shown, StringComparison.Ordinal);
        Assert.Equal(label, row[2]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_file_that_is_not_a_ledger_is_left_as_it_is(byte format)
    {
        Directory.CreateDirectory(Out);
        var other = Path.Combine(Out, "other's #1?.db");
        await File.WriteAllBytesAsync(other, DatabaseOfSomethingElse(format), TestContext.Current.CancellationToken);
        var empty = Write("empty.db", "");
        var copy = Write("jobs.jsonl", "");

        (await CliProcess.RunAsync("jobs", "list", "--ledger", other)).Exits(2)
            .Says($"--ledger: '{other}' is a database of something else, not a ledger; it was left as it is");
        (await CliProcess.RunAsync("jobs", "import", copy, "--ledger", other)).Exits(2).Says($"--ledger: '{other}' is a database of something else");
        (await CliProcess.RunAsync(Batch(Shots("wave"), "--ledger", other))).Exits(2).Says($"--ledger: '{other}' is a database of something else");
        (await CliProcess.RunAsync("jobs", "cancel", "1234", "--ledger", empty)).Exits(2).Says($"--ledger: '{empty}' is empty, not a ledger");

        Assert.Equal(DatabaseOfSomethingElse(format), await File.ReadAllBytesAsync(other, TestContext.Current.CancellationToken));
        Assert.Equal(0, new FileInfo(empty).Length);
        Assert.Equal([other], Directory.EnumerateFileSystemEntries(Out));
        Assert.Equal(0, Simulator.Submits);
    }

    [Fact]
    public async Task Jobs_are_listed_by_batch_and_state()
    {
        (await CliProcess.RunAsync(Batch(Shots("wave", "smile")))).Exits(0);
        (await CliProcess.RunAsync(Batch(Write("other.jsonl", Line("other"))))).Exits(0);

        var rows = (await JobsAsync("list", "--batch", "shots.jsonl")).Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["wave", "smile"], rows.Select(row => row.Split('\t')[2]));
        Assert.All(rows, row => Assert.Equal(("delivered", "fal:" + Kling.FalEndpoint), (row.Split('\t')[1], row.Split('\t')[4])));
        Assert.Equal(3, Lines((await JobsAsync("list", "--json", "--state", "failed", "--state", "delivered")).Exits(0)).Count);
        Assert.Equal("", (await JobsAsync("list", "--state", "in_doubt")).Exits(0).Output);
        (await JobsAsync("list", "--state", "lost")).Exits(2).Says("--state: must be one of intended, sent, in_doubt, ");

        var ids = rows.Select(row => row.Split('\t')[0]).ToList();
        var common = ids[0][..ids[0].Zip(ids[1]).TakeWhile(pair => pair.First == pair.Second).Count()];
        (await JobsAsync("show", common)).Exits(2).Says($"ID: '{common}' is the beginning or end of ");
        (await JobsAsync("show", "no-such-job")).Exits(2).Says("ID: the ledger has no job 'no-such-job'");
    }

    [Fact]
    public async Task A_ledger_that_is_missing_or_something_else_is_refused()
    {
        (await JobsAsync("list")).Exits(2).Says($"--ledger: there is no ledger '{Ledger}'");
        Assert.False(File.Exists(Ledger));

        var text = Write("notes.txt", new string('x', 5000));
        (await CliProcess.RunAsync("jobs", "list", "--ledger", text)).Exits(2).Says($"--ledger: The ledger '{text}' cannot be opened: ");
        (await CliProcess.RunAsync(Batch(Shots("wave"), "--ledger", text))).Exits(2).Says($"--ledger: The ledger '{text}' cannot be opened: ");
        Assert.Equal(0, Simulator.Submits);
    }

    [Fact]
    public async Task Jobs_are_exported_into_another_ledger_and_go_on_there()
    {
        Simulator.AddFault(LostReceipt());
        var file = Shots("lost", "done");
        (await CliProcess.RunAsync(Batch(file, "--parallel", "1"))).Exits(5);

        var exported = (await JobsAsync("export")).Exits(0).Says("2 jobs were exported.");
        var copy = Write("jobs.jsonl", exported.Output);
        var other = Path.Combine(Out, "other.db");
        (await CliProcess.RunAsync("jobs", "import", copy, "--ledger", other)).Exits(0).Says("2 of 2 jobs were added; 0 are in the ledger already");
        (await CliProcess.RunAsync("jobs", "import", copy, "--ledger", other)).Exits(0).Says("0 of 2 jobs were added; 2 are in the ledger already");
        Assert.Equal(exported.Output, (await CliProcess.RunAsync("jobs", "export", "--ledger", other)).Exits(0).Output);

        var doubt = Lines(exported).Single(job => State(job) == "in_doubt").GetProperty("id").GetString()!;
        (await CliProcess.RunAsync("jobs", "resolve", doubt, "--not-accepted", "--yes", "--ledger", other)).Exits(0);
        (await CliProcess.RunAsync(Batch(file, "--ledger", other))).Exits(0).Says("2 of 2 inputs are jobs of 'shots.jsonl' already");
        Assert.Equal(3, Simulator.Counts.Accepted);

        var wrong = Lines(exported)[0].GetRawText().Replace("\"unique\":true", "\"unique\":1", StringComparison.Ordinal);
        var broken = Write("broken.jsonl", exported.Output + "\n" + wrong);
        var third = Path.Combine(Out, "third.db");
        (await CliProcess.RunAsync("jobs", "import", broken, "--ledger", third)).Exits(2)
            .Says("FILE: Line 4 is not a job of a ledger: it has no valid 'unique'. Nothing was imported.");
        Assert.Equal("", (await CliProcess.RunAsync("jobs", "list", "--ledger", third)).Exits(0).Output);
    }

    // What SQLite writes for a table `notes`: 1 is the format with a rollback journal, 2 that with a log of writes.
    private static byte[] DatabaseOfSomethingElse(byte format)
    {
        var pages = new byte[1024];
        Convert.FromHexString("53514C69746520666F726D617420330002000101004020200000000100000002").CopyTo(pages, 0);
        Convert.FromHexString("0100000004").CopyTo(pages, 43);
        pages[59] = 1;
        Convert.FromHexString("01002E63010D0000000101D00001D0").CopyTo(pages, 95);
        Convert.FromHexString("2E0106171717013D7461626C656E6F7465736E6F746573024352454154"
            + "45205441424C45206E6F7465732874657874290D0000000002").CopyTo(pages, 464);
        (pages[18], pages[19]) = (format, format);
        return pages;
    }
}
