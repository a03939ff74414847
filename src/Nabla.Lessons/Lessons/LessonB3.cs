using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonB3
{
    private const string Program = "price = 100\ncount = 2\ntax = 1.1\napples = price * count\ntotal = apples * tax";

    public static Lesson Lesson { get; } = new(
        "B3",
        new("Buying apples", "사과 사기"),
        new("Two multiply nodes and a bill: what does one more coin on the price do to it?", "곱셈 노드 둘과 계산서 하나. 사과값이 1원 오르면 얼마를 더 낼까요?"),
        new TextSection(
            """
            An apple costs 100, you buy 2, and the sales tax multiplies the sum by 1.1. Forward: 100 · 2 = 200, and 200 · 1.1 = 220. Nothing new so far.

            Now ask a shopkeeper's question: if the price rises by one coin, how much more do I pay? You could work out the whole bill again. Or you run the graph
            backward once, and get the answer for the price, the count and the tax together.

            Begin with 1 at the right end. The tax node multiplies, so it sends the tax, **1.1**, towards the 200, and the 200 towards the tax. The first node
            multiplies too: it sends 1.1 · 2 = **2.2** to the price and 1.1 · 100 = **110** to the count.

            Now read it: a coin more on each apple costs 2.2 coins, and one more apple costs 110. The derivative by the tax is 200, since raising the factor by 1
            would add the whole price once more.
            """,
            """
            사과 하나에 100원이고 2개를 사며, 소비세까지 합치면 1.1을 곱합니다. 순전파는 100 · 2 = 200, 200 · 1.1 = 220입니다. 여기까지는 새로울 것이
            없습니다.

            이제 장사하는 사람처럼 물어봅시다. 사과값이 1원 오르면 얼마를 더 내야 할까요? 계산서를 처음부터 다시 쓸 수도 있습니다. 하지만 그래프를 뒤로
            한 번만 계산하면 값과 개수와 세금에 대한 답을 한꺼번에 얻습니다.

            오른쪽 끝에서 1로 시작합니다. 세금 노드는 곱셈이므로 200 쪽으로 세금인 **1.1**을, 세금 쪽으로 200을 보냅니다. 첫 노드도 곱셈이므로 값에는
            1.1 · 2 = **2.2**, 개수에는 1.1 · 100 = **110**을 보냅니다.

            읽어 보면 이렇습니다. 사과값이 1원 오르면 2.2원을 더 내고, 사과를 하나 더 사면 110원을 더 냅니다. 세금에 대한 미분이 200인 것은 곱하는 수가
            1만큼 커지면 사과값 전체를 한 번 더 내는 셈이기 때문입니다.
            """),
        new GraphSection(Program),
        new TableSection([new("by", "무엇에 대해"), new("value", "값"), new("∂total/∂…", "∂total/∂…"), new("after 1 more", "1만큼 늘린 뒤의 total")], Answers)
        {
            Title = new("What one more of each does to the total", "하나씩 늘리면 합계가 어떻게 될까요"),
        },
        new QuizSection(
            "quiz-1",
            new("If one apple costs 3 coins more, how much more do you pay?", "사과값이 3원 오르면 얼마를 더 내야 할까요?"),
            ["3", "3.3", "6", "6.6"],
            right: 3,
            new("∂total/∂price = 2.2, and 2.2 · 3 = 6.6.", "∂total/∂price = 2.2이고 2.2 · 3 = 6.6입니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Fill in the bill, forward and backward.", "계산서를 앞으로, 그리고 뒤로 채워 보세요."),
            Program,
            Value("apples"), Value("total"), Local("total", "apples"), Upstream("apples"), Local("apples", "price"), Downstream("price"),
            Downstream("count"), Downstream("tax")));

    private static IEnumerable<BilingualText[]> Answers()
    {
        Expression bill = Expression.Parse(Program);
        ExpressionResult result = bill.Evaluate();
        GraphView view = result.View();
        foreach ((string name, Tensor value) in result.Inputs)
        {
            double more = bill.Evaluate(new Dictionary<string, Tensor> { [name] = value.Item() + 1 }).Output.Item();
            yield return [name, Written.Text(value), Written.Text(view.GradientOf(view.Node(name).Id)[0]), Written.Text(more)];
        }
    }
}
