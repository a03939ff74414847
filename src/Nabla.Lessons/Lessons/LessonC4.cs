using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonC4
{
    public static Lesson Lesson { get; } = new(
        "C4",
        new("Copy: the gradient adder", "복사: 기울기 덧셈기"),
        new("A value that is used twice receives the sum of what comes back.", "두 번 쓰인 값은 돌아오는 기울기의 합을 받습니다."),
        new TextSection(
            """
            When two nodes read the same value, it is as if it had been copied: f = x and g = x. Moving x moves both copies at once, and each changes the loss in its
            own way. The two effects add up: **∂L/∂x = ∂L/∂f + ∂L/∂g**. The copy is a **gradient adder**.

            In general the two nodes compute something, f(x) and g(x), and then L = h(f(x), g(x)). Each path brings back its own product, and the sum is
            ∂L/∂x = ∂h/∂f · ∂f/∂x + ∂h/∂g · ∂g/∂x.

            Adding and copying mirror each other. An add node copies the gradient on the way back; a copy adds the gradients on the way back.
            Forgetting the sum is the classic mistake when one writes a backward pass by hand: the last share overwrites the others.

            Sharing happens all the time: a weight used for every sample of a batch, a filter slid over an image, a hidden state read at each time step.
            """,
            """
            두 노드가 같은 값을 읽으면 그 값을 복사해 f = x, g = x로 쓴 것과 같습니다. x가 움직이면 두 복사본이 함께 움직이고, 저마다 손실을 바꿉니다. 두
            효과는 더해집니다: **∂L/∂x = ∂L/∂f + ∂L/∂g**. 그래서 복사를 **기울기 덧셈기**라고 합니다.

            더 일반적으로는 두 노드가 f(x)와 g(x)를 계산하고 L = h(f(x), g(x))가 됩니다. 길마다 자기 곱을 가지고 돌아오며, 그 합은 ∂L/∂x = ∂h/∂f · ∂f/∂x +
            ∂h/∂g · ∂g/∂x입니다.

            덧셈과 복사는 거울처럼 마주 봅니다. 덧셈 노드는 돌아오는 길에 기울기를 복사하고, 복사는 돌아오는 길에 기울기를 더합니다. 역전파를 손으로 짤 때
            가장 흔한 실수가 이 합을 잊는 것입니다. 마지막 몫이 앞의 몫을 덮어써 버립니다.

            값을 함께 쓰는 일은 아주 많습니다. 가중치는 배치의 모든 표본에 쓰이고, 필터는 이미지 위를 미끄러지며 쓰이고, 은닉 상태는 시간 스텝마다 읽힙니다.
            """),
        new GraphSection("x = 3\na = x * 2\nb = x * 5\nL = a + b") { Title = new("Two uses, two shares: 2 + 5", "두 번 쓰이면 몫도 둘: 2 + 5") },
        new GraphSection("x = 2\nf = x^2\ng = exp(x)\nL = f * g") { Title = new("In general: L = h(f(x), g(x))", "일반적인 경우: L = h(f(x), g(x))") },
        new TableSection([new("path", "길"), "∂h/∂…", "∂…/∂x", new("share", "몫")], Paths)
        {
            Title = new("The shares of L = x²·exp(x) at x = 2", "x = 2에서 L = x²·exp(x)의 몫"),
        },
        new QuizSection(
            "quiz-1",
            new("x is read by three nodes, and 2, −1 and 4 come back. What is its gradient?", "노드 셋이 x를 읽었고 2, −1, 4가 돌아왔습니다. x의 기울기는 얼마일까요?"),
            ["4", "-8", "5", "1.66667"],
            right: 2,
            new("2 − 1 + 4 = 5: a copy adds.", "2 − 1 + 4 = 5입니다. 복사는 더합니다.")),
        new ExerciseSection(
            "exercise-1",
            new("x and y are both used twice. Collect every share before you add.", "x와 y가 모두 두 번 쓰입니다. 몫을 빠짐없이 모은 다음 더하세요."),
            "x = 3\ny = -2\na = x * y\nb = x + y\nf = a * b",
            Value("a"), Value("b"), Value("f"), Upstream("a"), Upstream("b"), Downstream("a", "x"), Downstream("b", "x"), Downstream("x"),
            Downstream("y")));

    private static IEnumerable<BilingualText[]> Paths()
    {
        GraphView view = Expression.Parse("x = 2\nf = x^2\ng = exp(x)\nL = f * g").Evaluate().View();
        foreach (ViewEdge edge in view.OutOf(view.Node("x").Id))
        {
            yield return
            [
                $"x → {view.Node(edge.To).Name} → L", Written.Text(edge.Upstream!.Elements[0]), Written.Text(edge.Local!.Values.Elements[0]),
                Written.Text(edge.Downstream!.Elements[0]),
            ];
        }
        yield return ["∂L/∂x", "", "", Written.Text(view.GradientOf(view.Node("x").Id)[0])];
    }
}
