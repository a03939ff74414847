namespace Nabla.Lessons;

internal static class LessonF4
{
    public static Lesson Lesson { get; } = new(
        "F4",
        new("Quiz", "퀴즈"),
        new("Four questions on everything.", "모두 모아 네 문제입니다."),
        new TextSection(
            """
            Four questions, from the first graph to the training loop. The lessons they come from are B1, B2, A3 and F1; go back to them whenever you like.

            The graph below is the one that the first question asks about. Cover its red numbers and work them out first.
            """,
            """
            첫 그래프에서 학습 루프까지 네 문제입니다. B1, B2, A3, F1에서 나왔으니 언제든지 돌아가 다시 읽어도 됩니다.

            아래 그래프는 첫 문제에서 묻는 그래프입니다. 빨간 수를 가리고 먼저 스스로 구해 보세요.
            """),
        new GraphSection("x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z"),
        new QuizSection(
            "quiz-1",
            new("f(x, y, z) = (x + y)·z with x = −2, y = 5, z = −4. What is ∂f/∂y?", "f(x, y, z) = (x + y)·z이고 x = −2, y = 5, z = −4입니다. ∂f/∂y는 얼마일까요?"),
            ["3", "-4", "1", "-12"],
            right: 1,
            new("∂f/∂q · ∂q/∂y = z · 1 = −4.", "∂f/∂q · ∂q/∂y = z · 1 = −4입니다.")),
        new QuizSection(
            "quiz-2",
            new("What is it called when the weights are updated from the loss and its gradients?", "손실과 기울기를 이용해 가중치를 갱신하는 것을 무엇이라고 할까요?"),
            [
                new("Inference", "추론"),
                new("Initialization", "초기화"),
                new("Learning", "학습"),
                new("Normalization", "정규화"),
            ],
            right: 2,
            new("That is all learning is: many small steps against the gradient.", "학습이란 기울기의 반대쪽으로 작은 스텝을 여러 번 내딛는 것입니다.")),
        new QuizSection(
            "quiz-3",
            new("The derivative of the loss that a node hands on is the product of which two?", "노드가 내려보내는 손실의 미분은 어떤 둘의 곱일까요?"),
            [
                new("Local gradient × upstream (global) gradient", "국소 기울기 × 상류(전역) 기울기"),
                new("Input × output", "입력 × 출력"),
                new("Loss × learning rate", "손실 × 학습률"),
                new("Weight × bias", "가중치 × 편향"),
            ],
            right: 0,
            new("The local gradient is the node's own; the upstream gradient, which some call global, arrives from the loss.",
                "국소 기울기는 노드 자신의 것이고, 전역 기울기라고도 하는 상류 기울기는 손실 쪽에서 도착합니다.")),
        new QuizSection(
            "quiz-4",
            new("Which call in the training loop performs backpropagation?", "학습 루프에서 역전파를 하는 호출은 무엇일까요?"),
            ["`optimizer.step()`", "`model(images)`", "`optimizer.zero_grad()`", "`loss.backward()`"],
            right: 3,
            new("It starts at the loss and runs the chain rule back to every weight. In Nabla it is `loss.Backward()`, and it returns the gradients.",
                "손실에서 시작해 연쇄 법칙으로 모든 가중치까지 거슬러 갑니다. Nabla에서는 `loss.Backward()`이며 기울기를 돌려줍니다.")));
}
